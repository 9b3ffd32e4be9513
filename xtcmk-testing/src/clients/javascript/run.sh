#!/usr/bin/env bash
# Has Microsoft's JavaScript clients walk the three phases for both tenants against the standalone fake. Needs Node 20.
# usage: run.sh STANDALONE_JAR TRAFFIC_FILE
set -euo pipefail

(($# == 2)) || { sed -n 2,3p "$0" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../fake.sh
. "$here/../fake.sh"

installed=$(mktemp -d)
cp "$here"/*.js "$here"/package*.json "$here"/.npmrc "$installed"
(cd "$installed" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
start_fake "$1" "$2"
trap 'rm -rf "$installed"; end_fake' EXIT
SCRATCH=$SCRATCH node "$installed/walk.js"
