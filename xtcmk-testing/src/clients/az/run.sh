#!/usr/bin/env bash
# Has the real Azure CLI walk Microsoft's tutorial for both tenants against the standalone fake.
# usage: run.sh STANDALONE_JAR TRAFFIC_FILE [AZ_COMMAND...]
set -euo pipefail

(($# >= 2)) || { sed -n 2,3p "$0" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../fake.sh
. "$here/../fake.sh"
# shellcheck source=lib.sh
. "$here/lib.sh"

start_fake "$1" "$2"
shift 2
AZ=("${@:-az}")
export AZURE_CORE_COLLECT_TELEMETRY=0 AZURE_CORE_NO_COLOR=1 PYTHONWARNINGS=ignore
for part in tutorial refusals teardown; do
    # shellcheck disable=SC1090
    . "$here/$part.sh"
done
summary
