# What the page says to delete is all that there is.
# shellcheck shell=bash

printf '\nClean up\n'
ends 0 'everything is deleted' do_block 'Clean up'
nothing_left() {
    local subscription
    for subscription in "$PROVIDER_SUBSCRIPTION_ID" "$CUSTOMER_SUBSCRIPTION_ID"; do
        az account set --subscription "$subscription"
        az group list --query 'length(@)' -o tsv
        az ad app list --display-name contoso-cmk --query 'length(@)' -o tsv
        az ad sp list --display-name contoso-cmk --query 'length(@)' -o tsv
    done | sort -u
}
ends 0 'what is left' nothing_left
says '^0$'
[[ $(cat "$SCRATCH/out") == 0 ]] || wrong 'something is left'
