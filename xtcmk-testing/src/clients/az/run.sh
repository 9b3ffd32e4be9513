#!/usr/bin/env bash
# Has the real Azure CLI walk Microsoft's tutorial for both tenants against the standalone fake.
# usage: run.sh STANDALONE_JAR TRAFFIC_FILE [AZ_COMMAND...]
set -euo pipefail

(($# >= 2)) || { sed -n 2,3p "$0" >&2; exit 2; }
jar=$1
traffic=$2
shift 2
AZ=("${@:-az}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SCRATCH=$(mktemp -d)

java -jar "$jar" --dir "$SCRATCH/fake" --traffic "$traffic" >"$SCRATCH/said" 2>&1 &
fake=$!
trap 'kill "$fake" 2>/dev/null || true; wait "$fake" 2>/dev/null || true; rm -rf "$SCRATCH"' EXIT
until grep -qx ready "$SCRATCH/said"; do
    kill -0 "$fake" 2>/dev/null || { cat "$SCRATCH/said" >&2; exit 1; }
    sleep 0.1
done

# shellcheck disable=SC1091
. "$SCRATCH/fake/env.sh"
export AZURE_CORE_COLLECT_TELEMETRY=0 AZURE_CORE_NO_COLOR=1 PYTHONWARNINGS=ignore
# shellcheck source=lib.sh
. "$here/lib.sh"
for part in tutorial refusals teardown; do
    # shellcheck disable=SC1090
    . "$here/$part.sh"
done
summary
