# Microsoft's tutorial "Configure cross-tenant customer-managed keys", for Storage and for Azure SQL, and the days after.
# shellcheck shell=bash disable=SC2153,SC2154

GROUP=rg-provider
CUSTOMER_GROUP=rg-customer
VAULT=kv-fabrikam-walk
VAULT_URL=https://$VAULT.vault.azure.net/
IDENTITY=id-cmk
ACCOUNT=stfabrikamwalk
PLAIN_ACCOUNT=stplainwalk
SERVER=sql-fabrikam-walk
ENCRYPTION_USER='Key Vault Crypto Service Encryption User'

phase 'Sign in'
as provider
az login --service-principal -u "$PROVIDER_CLIENT_ID" -p "$PROVIDER_CLIENT_SECRET" --tenant "$PROVIDER_TENANT_ID"
az account list --query '[].id' -o tsv
is "$PROVIDER_SUBSCRIPTION_ID"
az account show --query tenantId -o tsv
is "$PROVIDER_TENANT_ID"
az account get-access-token --resource https://management.azure.com/ --query tenant -o tsv
is "$PROVIDER_TENANT_ID"
as customer
refused AADSTS7000215 login --service-principal -u "$CUSTOMER_CLIENT_ID" -p wrong --tenant "$CUSTOMER_TENANT_ID"
refused AADSTS700016 login --service-principal -u "$PROVIDER_CLIENT_ID" -p "$PROVIDER_CLIENT_SECRET" \
    --tenant "$CUSTOMER_TENANT_ID"
az login --service-principal -u "$CUSTOMER_CLIENT_ID" -p "$CUSTOMER_CLIENT_SECRET" --tenant "$CUSTOMER_TENANT_ID"
az account get-access-token --resource https://vault.azure.net --query tokenType -o tsv
is Bearer
az account get-access-token --resource https://graph.microsoft.com --query tokenType -o tsv
is Bearer

phase 'Phase 1: the provider makes identity and application'
as provider
az group create --location westeurope --resource-group "$GROUP" --query properties.provisioningState -o tsv
is Succeeded
az group show --name "$GROUP" --query location -o tsv
is westeurope
az group list --query '[].name' -o tsv
is "$GROUP"
az ad app create --display-name xtcmk-walk --sign-in-audience AzureADMultipleOrgs --query appId -o tsv
app=$OUT
az ad app show --id "$app" --query id -o tsv
app_object=$OUT
az ad app list --display-name xtcmk-walk --query '[].appId' -o tsv
is "$app"
az ad app list --filter "appId eq '$app'" --query '[].id' -o tsv
is "$app_object"
az ad app update --id "$app" --set tags='["cmk"]'
az ad app show --id "$app_object" --query 'tags[0]' -o tsv
is cmk
az identity create --name "$IDENTITY" --resource-group "$GROUP" --location westeurope --query id -o tsv
identity=$OUT
az identity show --ids "$identity" --query principalId -o tsv
principal=$OUT
az identity list --resource-group "$GROUP" --query '[].name' -o tsv
is "$IDENTITY"
az identity list --query '[].id' -o tsv
is "$identity"
az resource list --resource-group "$GROUP" --query '[].type' -o tsv
is Microsoft.ManagedIdentity/userAssignedIdentities

# credential SUBJECT [ISSUER_TENANT [AUDIENCE]]: a federated identity credential's file.
credential() {
    printf '{"name": "cmk", "issuer": "https://login.microsoftonline.com/%s/v2.0", "subject": "%s", "audiences": ["%s"]}' \
        "${2:-$PROVIDER_TENANT_ID}" "$1" "${3:-api://AzureADTokenExchange}" >"$SCRATCH/credential.json"
}
credential "$principal"
az ad app federated-credential create --id "$app_object" --parameters "$SCRATCH/credential.json" --query subject -o tsv
is "$principal"
az ad app federated-credential list --id "$app" --query '[].name' -o tsv
is cmk
az ad app federated-credential show --id "$app" --federated-credential-id cmk --query 'audiences[0]' -o tsv
is api://AzureADTokenExchange

phase 'Phase 2: the customer installs the application and authorizes it on a key'
as customer
az ad sp create --id "$app" --query appId -o tsv
is "$app"
az ad sp show --id "$app" --query id -o tsv
sp=$OUT
az ad sp show --id "$app" --query appOwnerOrganizationId -o tsv
is "$PROVIDER_TENANT_ID"
az ad sp list --display-name xtcmk-walk --query '[].id' -o tsv
is "$sp"
az ad sp show --id "$CUSTOMER_CLIENT_ID" --query id -o tsv
me=$OUT
az group create --location westeurope --name "$CUSTOMER_GROUP" -o none
az keyvault create --name "$VAULT" --location westeurope --resource-group "$CUSTOMER_GROUP" \
    --enable-purge-protection true --enable-rbac-authorization true --query properties.vaultUri -o tsv
is "$VAULT_URL"
az keyvault show --resource-group "$CUSTOMER_GROUP" --name "$VAULT" --query id -o tsv
vault=$OUT
az keyvault list --resource-group "$CUSTOMER_GROUP" --query '[].name' -o tsv
is "$VAULT"
az keyvault list --query '[].id' -o tsv
is "$vault"
az keyvault update --name "$VAULT" --resource-group "$CUSTOMER_GROUP" --set tags.of=customer --query tags.of -o tsv
is customer
refused ForbiddenByRbac keyvault key create --name cmk --vault-name "$VAULT"
az role assignment create --role 'Key Vault Crypto Officer' --scope "$vault" --assignee-object-id "$me" \
    --query principalType -o tsv
is ServicePrincipal
az keyvault key create --name cmk --vault-name "$VAULT" --kty RSA --size 3072 --query key.kid -o tsv
key=$OUT
version=${key##*/}
az rest --method get --url "${VAULT_URL}keys?api-version=7.4" --resource https://vault.azure.net \
    --query 'value[].kid' -o tsv
is "${VAULT_URL}keys/cmk"
az role assignment create --role "$ENCRYPTION_USER" --scope "$vault" --assignee-object-id "$sp" --query id -o tsv
assignment=$OUT
az role assignment list --scope "$vault" --query 'sort([].roleDefinitionName)[1]' -o tsv
is "$ENCRYPTION_USER"
az role assignment list --assignee "$app" --scope "$vault" --query '[].id' -o tsv
is "$assignment"
az role definition list --name "$ENCRYPTION_USER" --query '[].name' -o tsv
is e147488a-f6f5-4113-8e2d-b22465e65bf6

phase 'Phase 3: the provider encrypts a storage account with the key'
as provider
# The settings of a customer's key on an account.
key_settings=(--identity-type 'SystemAssigned,UserAssigned' --user-identity-id "$identity"
    --encryption-key-source Microsoft.Keyvault --encryption-key-vault "$VAULT_URL" --encryption-key-name cmk
    --key-vault-user-identity-id "$identity" --key-vault-federated-client-id "$app")
account=(--resource-group "$GROUP" --location westeurope --sku Standard_LRS --kind StorageV2)
az storage account check-name --name "$ACCOUNT" --query nameAvailable -o tsv
is true
az storage account create --name "$ACCOUNT" "${account[@]}" --allow-blob-public-access false "${key_settings[@]}" \
    --query encryption.encryptionIdentity.encryptionFederatedIdentityClientId -o tsv
is "$app"
az storage account show --name "$ACCOUNT" --resource-group "$GROUP" \
    --query encryption.keyVaultProperties.currentVersionedKeyIdentifier -o tsv
is "$key"
az storage account create --name "$PLAIN_ACCOUNT" "${account[@]}" --query encryption.keySource -o tsv
is Microsoft.Storage
az storage account list --resource-group "$GROUP" --query 'sort([].name)' -o tsv
is "$ACCOUNT"$'\n'"$PLAIN_ACCOUNT"
az storage account list --query 'length(@)' -o tsv
is 2
az storage account update --name "$PLAIN_ACCOUNT" --resource-group "$GROUP" "${key_settings[@]}" \
    --query encryption.keySource -o tsv
is Microsoft.Keyvault
az storage account update --name "$PLAIN_ACCOUNT" --resource-group "$GROUP" "${key_settings[@]:4}" \
    --encryption-key-version "$version" --query encryption.keyVaultProperties.keyVersion -o tsv
is "$version"

phase 'Phase 3: the provider encrypts an Azure SQL server with the key'
server=(--resource-group "$GROUP" --location westeurope --admin-user azureuser --admin-password 'Pa55w.rd-Pa55w.rd')
server_identity=(--assign-identity --identity-type UserAssigned --user-assigned-identity-id "$identity"
    --primary-user-assigned-identity-id "$identity")
az sql server create --name "$SERVER" "${server[@]}" "${server_identity[@]}" --key-id "$key" \
    --federated-client-id "$app" --query federatedClientId -o tsv
is "$app"
az sql server show --name "$SERVER" --resource-group "$GROUP" --query keyId -o tsv
is "$key"
az sql server list --resource-group "$GROUP" --query '[].name' -o tsv
is "$SERVER"
az sql server list --query '[].name' -o tsv
is "$SERVER"
az sql server update --name "$SERVER" --resource-group "$GROUP" --federated-client-id "$app" --query keyId -o tsv
is "$key"
az sql server tde-key show --server "$SERVER" --resource-group "$GROUP" --query serverKeyName -o tsv
is "${VAULT}_cmk_$version"
az sql server key list --server "$SERVER" --resource-group "$GROUP" --query "[?kind=='azurekeyvault'].name" -o tsv
is "${VAULT}_cmk_$version"
az sql server key create --server "$SERVER" --resource-group "$GROUP" --kid "$key" --query name -o tsv
is "${VAULT}_cmk_$version"
az sql server tde-key set --server "$SERVER" --resource-group "$GROUP" --server-key-type AzureKeyVault --kid "$key" \
    --query serverKeyType -o tsv
is AzureKeyVault
az sql db create --resource-group "$GROUP" --server "$SERVER" --name db1 --sample-name AdventureWorksLT \
    --edition GeneralPurpose --compute-model Serverless --family Gen5 --capacity 2 --query currentSku.name -o tsv
is GP_S_Gen5
az sql db list --resource-group "$GROUP" --server "$SERVER" --query 'sort([].name)' -o tsv
is db1$'\n'master
az sql db show --resource-group "$GROUP" --server "$SERVER" --name db1 --query status -o tsv
is Online
az sql db tde set --resource-group "$GROUP" --server "$SERVER" --database db1 --status Enabled
az sql db tde show --resource-group "$GROUP" --server "$SERVER" --database db1 --query state -o tsv
is Enabled

phase 'Rotation'
as customer
az keyvault key rotate --name cmk --vault-name "$VAULT" --query key.kid -o tsv
rotated=$OUT
az keyvault key show --name cmk --vault-name "$VAULT" --query key.kid -o tsv
is "$rotated"
az keyvault key show --name cmk --vault-name "$VAULT" --version "$version" --query attributes.enabled -o tsv
is true
az rest --method get --url "${VAULT_URL}keys/cmk/versions?api-version=7.4" --resource https://vault.azure.net \
    --query 'length(value)' -o tsv
is 2
az keyvault key rotation-policy update --name cmk --vault-name "$VAULT" --value \
    '{"lifetimeActions":[{"trigger":{"timeAfterCreate":"P90D"},"action":{"type":"Rotate"}}],"attributes":{"expiryTime":"P2Y"}}' \
    --query expiresIn -o tsv
is P2Y
az keyvault key rotation-policy show --name cmk --vault-name "$VAULT" --query 'lifetimeActions[0].timeAfterCreate' -o tsv
is P90D
as provider
az storage account update --name "$ACCOUNT" --resource-group "$GROUP" "${key_settings[@]:4}" \
    --query encryption.keyVaultProperties.currentVersionedKeyIdentifier -o tsv
is "$rotated"
az sql server key create --server "$SERVER" --resource-group "$GROUP" --kid "$rotated" --query name -o tsv
is "${VAULT}_cmk_${rotated##*/}"
az sql server tde-key set --server "$SERVER" --resource-group "$GROUP" --server-key-type AzureKeyVault --kid "$rotated" \
    --auto-rotation-enabled true --query autoRotationEnabled -o tsv
is true
