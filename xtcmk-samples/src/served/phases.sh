# The three phases, each with its own side's settings only.
# shellcheck shell=bash

printf '\nSign in, two accounts\n'
ends 0 'az login' do_block 'Sign in'
ends 0 'az account list' az account list --query 'length(@)' -o tsv
says '^2$'
# One account is the default, and whatever the other tenant's program gets is by subscription.
ends 1 "the default account's token for the other tenant" \
    az account get-access-token --tenant "$PROVIDER_TENANT_ID" -o none

# The page's way to sign in without a browser, into a configuration of its own.
served() { (export AZURE_CONFIG_DIR=$SCRATCH/az-served && do_block 'Run against the served fake'); }
ends 0 'az login as the page has it for the served fake' served

printf '\nThe three phases\n'
# mvn, as often as the page says, without the ids that the phase does not need.
mvn() {
    case "$*" in
        *Phase1 | *Phase3) (unset XTCMK_CUSTOMER_TENANT_ID XTCMK_CUSTOMER_SUBSCRIPTION_ID && command mvn "$@") ;;
        *Phase2) (unset XTCMK_PROVIDER_TENANT_ID XTCMK_PROVIDER_SUBSCRIPTION_ID && command mvn "$@") ;;
        *) command mvn "$@" ;;
    esac
}
ends 0 'Phase1, Phase2 and Phase3' do_block 'Run one phase at a time'
says 'contoso +application +contoso-cmk +created' \
    'fabrikam +roleAssignment +on kv-fabrikam[0-9a-f]{8}/contoso-cmk +created' \
    'stfabrikam[0-9a-f]{8} +is encrypted with https://kv-fabrikam' \
    'sql-fabrikam[0-9a-f]{8} +is encrypted with https://kv-fabrikam'
on_fake() {
    (unset XTCMK_PROVIDER_TENANT_ID XTCMK_PROVIDER_SUBSCRIPTION_ID &&
        unset XTCMK_CUSTOMER_TENANT_ID XTCMK_CUSTOMER_SUBSCRIPTION_ID && sample Phase2)
}
ends 1 'the files are not for the fake' on_fake
says 'federated-app.json is of a run on Azure'
