# Each link of the chain broken by itself: Azure's code for it is what az shows. Goes on where tutorial.sh ended.
# shellcheck shell=bash disable=SC2153,SC2154

attempts=0
# neither STORAGE_CODE SQL_CODE: neither an account nor a server can be made with the key now.
neither() {
    attempts=$((attempts + 1))
    as provider
    refused "$1" storage account create --name "strefused$attempts" "${account[@]}" "${key_settings[@]}"
    refused "$2" sql server create --name "sql-refused-$attempts" "${server[@]}" "${server_identity[@]}" \
        --key-id "$VAULT_URL"keys/cmk/"${rotated##*/}" --federated-client-id "$app"
}

phase 'The customer disables the key, lets it expire, deletes it'
as customer
az keyvault key set-attributes --name cmk --vault-name "$VAULT" --enabled false
neither KeyVaultEncryptionKeyNotFound AzureKeyVaultKeyDisabled
as customer
az keyvault key set-attributes --name cmk --vault-name "$VAULT" --enabled true --expires 2024-01-01T00:00:00Z
neither KeyVaultAuthenticationFailure AzureKeyVaultInvalidExpirationDate
as customer
az keyvault key set-attributes --name cmk --vault-name "$VAULT" --expires 2099-01-01T00:00:00Z
az rest --method delete --url "${VAULT_URL}keys/cmk?api-version=7.4" --resource https://vault.azure.net
refused KeyNotFound keyvault key show --name cmk --vault-name "$VAULT"
neither KeyVaultEncryptionKeyNotFound AzureKeyVaultKeyNameNotFound
as customer
az rest --method post --url "${VAULT_URL}deletedkeys/cmk/recover?api-version=7.4" --resource https://vault.azure.net
az keyvault key show --name cmk --vault-name "$VAULT" --query key.kid -o tsv
is "$rotated"

phase 'The customer takes the role away, or gives it on another vault only'
as customer
az role assignment delete --ids "$assignment"
neither KeyVaultAuthenticationFailure UmiMissingAkvPermissions
as customer
az keyvault create --name kv-other-walk --location westeurope --resource-group "$CUSTOMER_GROUP" \
    --enable-rbac-authorization true --query properties.enableSoftDelete -o tsv
is true
az role assignment create --role "$ENCRYPTION_USER" --assignee-object-id "$sp" \
    --scope "${vault%/*}/kv-other-walk"
neither KeyVaultAuthenticationFailure UmiMissingAkvPermissions
as customer
az role assignment create --role "$ENCRYPTION_USER" --scope "$vault" --assignee-object-id "$sp"

phase 'A vault without purge protection'
as customer
az role assignment create --role 'Key Vault Crypto Officer' --scope "${vault%/*}/kv-other-walk" --assignee-object-id "$me"
az keyvault key create --name cmk --vault-name kv-other-walk --query key.kid -o tsv
unprotected=$OUT
as provider
refused KeyVaultPolicyError storage account create --name stunprotected "${account[@]}" "${key_settings[@]}" \
    --encryption-key-vault https://kv-other-walk.vault.azure.net
refused SecurityInvalidAzureKeyVaultRecoveryLevel sql server create --name sql-unprotected "${server[@]}" \
    "${server_identity[@]}" --key-id "$unprotected" --federated-client-id "$app"

phase 'A key that does not fit'
as customer
az keyvault key create --name ec --vault-name "$VAULT" --kty EC --curve P-256 --query key.kid -o tsv
elliptic=$OUT
as provider
refused InvalidValuesForRequestParameters storage account create --name stelliptic "${account[@]}" "${key_settings[@]}" \
    --encryption-key-name ec
refused AzureKeyVaultRsaKeyNotSupported sql server create --name sql-elliptic "${server[@]}" "${server_identity[@]}" \
    --key-id "$elliptic" --federated-client-id "$app"

phase 'An identity that is not on the resource'
as provider
refused KeyVaultAuthenticationFailure storage account create --name stnoidentity "${account[@]}" "${key_settings[@]:4}"
refused InvalidIdentityTypeForKeyId sql server create --name sql-no-identity "${server[@]}" --key-id "$rotated" \
    --federated-client-id "$app"

phase 'A federated credential with the wrong subject, issuer, audience'
as provider
for wrong in "$PROVIDER_CLIENT_ID" "$principal $CUSTOMER_TENANT_ID" "$principal $PROVIDER_TENANT_ID api://SomethingElse"; do
    # shellcheck disable=SC2086
    credential $wrong
    az ad app federated-credential delete --id "$app" --federated-credential-id cmk
    az ad app federated-credential create --id "$app" --parameters "$SCRATCH/credential.json"
    neither KeyVaultAuthenticationFailure AdalGenericError
done
credential "$principal"
az ad app federated-credential update --id "$app" --federated-credential-id cmk --parameters "$SCRATCH/credential.json"
az ad app federated-credential show --id "$app" --federated-credential-id cmk --query 'audiences[0]' -o tsv
is api://AzureADTokenExchange

phase 'An application for one tenant only'
as provider
az ad app update --id "$app" --sign-in-audience AzureADMyOrg
neither KeyVaultAuthenticationFailure Adal
as provider
az ad app update --id "$app" --sign-in-audience AzureADMultipleOrgs

phase "A vault of another tenant than the service principal's"
as provider
az keyvault create --name kv-contoso-walk --location westeurope --resource-group "$GROUP" \
    --enable-purge-protection true --enable-rbac-authorization true -o none
az ad sp show --id "$PROVIDER_CLIENT_ID" --query id -o tsv
az role assignment create --role 'Key Vault Crypto Officer' --assignee-object-id "$OUT" \
    --scope "/subscriptions/$PROVIDER_SUBSCRIPTION_ID/resourceGroups/$GROUP/providers/Microsoft.KeyVault/vaults/kv-contoso-walk"
az keyvault key create --name cmk --vault-name kv-contoso-walk --query key.kid -o tsv
own=$OUT
refused KeyVaultAuthenticationFailure storage account create --name stowntenant "${account[@]}" "${key_settings[@]}" \
    --encryption-key-vault https://kv-contoso-walk.vault.azure.net
refused AdalServicePrincipalNotFound sql server create --name sql-own-tenant "${server[@]}" "${server_identity[@]}" \
    --key-id "$own" --federated-client-id "$app"

phase 'No consent any more'
as customer
az ad sp delete --id "$app"
refused "does not exist" ad sp show --id "$app"
neither KeyVaultAuthenticationFailure AdalServicePrincipalNotFound

phase 'What others may not see or do'
as customer
# By itself az sends no request to a subscription that it does not see.
az account get-access-token --query accessToken -o tsv
refused InvalidAuthenticationTokenTenant rest --method get --skip-authorization-header \
    --headers "Authorization=Bearer $OUT" \
    --url "https://management.azure.com/subscriptions/$PROVIDER_SUBSCRIPTION_ID/resourceGroups/$GROUP?api-version=2021-04-01"
refused 'does not exist' ad app show --id "$app_object"
refused ResourceNotFound storage account show --name stnobodys --resource-group "$CUSTOMER_GROUP"
refused ResourceGroupNotFound keyvault show --name kv-nobodys --resource-group rg-nobodys
refused VaultAlreadyExists keyvault create --name kv-contoso-walk --location westeurope --resource-group "$CUSTOMER_GROUP"
refused StorageAccountAlreadyTaken storage account create --name "$ACCOUNT" --resource-group "$CUSTOMER_GROUP" \
    --location westeurope

phase 'A principal without any role'
as provider
az ad app create --display-name nobody --query appId -o tsv
nobody=$OUT
az ad sp create --id "$nobody"
az ad app credential reset --id "$nobody" --query password -o tsv
secret=$OUT
as nobody
refused 'No subscriptions found' login --service-principal -u "$nobody" -p "$secret" --tenant "$PROVIDER_TENANT_ID"
az login --service-principal -u "$nobody" -p "$secret" --tenant "$PROVIDER_TENANT_ID" --allow-no-subscriptions
az account get-access-token --tenant "$PROVIDER_TENANT_ID" --query accessToken -o tsv
refused AuthorizationFailed rest --method put --body '{"location": "westeurope"}' --skip-authorization-header \
    --headers "Authorization=Bearer $OUT" 'Content-Type=application/json' \
    --url "https://management.azure.com/subscriptions/$PROVIDER_SUBSCRIPTION_ID/resourceGroups/rg-nobody?api-version=2021-04-01"
refused 'Insufficient privileges' ad app create --display-name nobodys-app
refused 'Insufficient privileges' ad app delete --id "$app_object"
as provider
az ad app delete --id "$nobody"
