#!/usr/bin/env bash
# Does what the samples' page says for Azure, against the served fake and signed in with the real Azure CLI.
# usage: run.sh STANDALONE_JAR TRAFFIC_FILE AZ_COMMAND
set -euo pipefail

(($# == 3)) || { sed -n 2,3p "$0" >&2; exit 2; }
jar=$(realpath "$1") traffic=$(realpath -m "$2") REAL_AZ=$(realpath "$3")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../../.."
PAGE=xtcmk-samples/README.md
# shellcheck source=../../../xtcmk-testing/src/clients/fake.sh
. xtcmk-testing/src/clients/fake.sh
# shellcheck source=lib.sh
. "$here/lib.sh"

mkdir -p "$(dirname "$traffic")"
start_fake "$jar" "$traffic"
export AZURE_CONFIG_DIR=$SCRATCH/az AZURE_CORE_COLLECT_TELEMETRY=0 AZURE_CORE_NO_COLOR=1 PYTHONWARNINGS=ignore
export XTCMK_DIRECTORY=$SCRATCH/files REAL_AZ
# The programs find the CLI by its name. Nobody can use a browser here: who signs in to a tenant is its service principal.
mkdir "$SCRATCH/bin"
cat >"$SCRATCH/bin/az" <<'AZ'
#!/usr/bin/env bash
if [[ $# == 3 && "$1 $2" == 'login --tenant' ]]; then
    side=CUSTOMER
    [[ $3 != "$PROVIDER_TENANT_ID" ]] || side=PROVIDER
    id=${side}_CLIENT_ID secret=${side}_CLIENT_SECRET
    set -- "$@" --service-principal -u "${!id}" -p "${!secret}"
fi
exec "$REAL_AZ" "$@"
AZ
chmod +x "$SCRATCH/bin/az"
PATH=$SCRATCH/bin:$PATH

for part in refusals phases story cleanup; do
    # shellcheck disable=SC1090
    . "$here/$part.sh"
done
summary
