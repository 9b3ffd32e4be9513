# Everything taken away again, with what soft delete keeps. Goes on where refusals.sh ended.
# shellcheck shell=bash disable=SC2153,SC2154

phase 'The customer comes back: whoever leaves a key needs it once more'
as customer
az ad sp create --id "$app" --query id -o tsv
az role assignment create --role "$ENCRYPTION_USER" --scope "$vault" --assignee-object-id "$OUT"

phase "The provider goes back to Microsoft's keys and removes its resources"
as provider
az sql server tde-key set --server "$SERVER" --resource-group "$GROUP" --server-key-type ServiceManaged \
    --query serverKeyType -o tsv
is ServiceManaged
az sql server key delete --server "$SERVER" --resource-group "$GROUP" --kid "$key"
az sql db delete --resource-group "$GROUP" --server "$SERVER" --name db1 --yes
az sql server delete --name "$SERVER" --resource-group "$GROUP" --yes
refused ResourceNotFound sql server show --name "$SERVER" --resource-group "$GROUP"
az storage account update --name "$PLAIN_ACCOUNT" --resource-group "$GROUP" \
    --encryption-key-source Microsoft.Storage --query encryption.keySource -o tsv
is Microsoft.Storage
az storage account delete --name "$ACCOUNT" --resource-group "$GROUP" --yes
az storage account delete --name "$PLAIN_ACCOUNT" --resource-group "$GROUP" --yes
refused ResourceNotFound storage account show --name "$ACCOUNT" --resource-group "$GROUP"

phase 'The customer deletes vaults, recovers one, purges what may be purged'
as customer
az role assignment list --scope "$vault" --query "[?roleDefinitionName=='$ENCRYPTION_USER'].id" -o tsv
az keyvault delete --name "$VAULT" --resource-group "$CUSTOMER_GROUP"
refused ResourceNotFound keyvault show --name "$VAULT" --resource-group "$CUSTOMER_GROUP"
az keyvault list-deleted --query '[].name' -o tsv
is "$VAULT"
az keyvault show-deleted --name "$VAULT" --query properties.purgeProtectionEnabled -o tsv
is true
refused MethodNotAllowed keyvault purge --name "$VAULT" --location westeurope
az keyvault recover --name "$VAULT" --location westeurope
# Role assignments do not come back with a vault: learn.microsoft.com/azure/key-vault/general/key-vault-recovery.
refused ForbiddenByRbac keyvault key show --name cmk --vault-name "$VAULT"
az role assignment create --role 'Key Vault Crypto Officer' --scope "$vault" --assignee-object-id "$me"
az keyvault key show --name cmk --vault-name "$VAULT" --query key.kid -o tsv
is "$rotated"
az rest --method delete --url "https://kv-other-walk.vault.azure.net/keys/cmk?api-version=7.4" \
    --resource https://vault.azure.net
az rest --method get --url "https://kv-other-walk.vault.azure.net/deletedkeys?api-version=7.4" \
    --resource https://vault.azure.net --query 'length(value)' -o tsv
is 1
az rest --method delete --url "https://kv-other-walk.vault.azure.net/deletedkeys/cmk?api-version=7.4" \
    --resource https://vault.azure.net
refused KeyNotFound rest --method get --url "https://kv-other-walk.vault.azure.net/deletedkeys/cmk?api-version=7.4" \
    --resource https://vault.azure.net
az keyvault delete --name kv-other-walk --resource-group "$CUSTOMER_GROUP"
az keyvault purge --name kv-other-walk --location westeurope
az keyvault list-deleted --query 'length(@)' -o tsv
is 0

phase 'Application, identity and groups go'
as provider
az ad app federated-credential delete --id "$app" --federated-credential-id cmk
az ad app federated-credential list --id "$app" --query 'length(@)' -o tsv
is 0
az ad app delete --id "$app"
refused 'does not exist' ad app show --id "$app"
az identity delete --name "$IDENTITY" --resource-group "$GROUP"
az group delete --name "$GROUP" --yes
az group exists --name "$GROUP"
is false
refused ResourceGroupNotFound group show --name "$GROUP"
as customer
az group delete --name "$CUSTOMER_GROUP" --yes
az group exists --name "$CUSTOMER_GROUP"
is false
az logout
as nobody
az logout
as provider
az logout
