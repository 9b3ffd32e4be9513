// Each link of the chain broken by itself: Azure's code for it is what the clients tell.
import { ClientSecretCredential } from "@azure/identity";
import { does, phase, refused } from "./checks.js";
import { ENCRYPTION_USER, vaultIn } from "./phase2.js";
import { serverWith } from "./sql.js";
import { account, encryptedWith } from "./storage.js";
import { StorageManagementClient } from "@azure/arm-storage";

let attempts = 0;
/** Neither an account nor a server can be made with the key now. */
async function neither(what, storageCode, sqlCode, story, { storage = {}, server = {} } = {}) {
  attempts++;
  const { provider, group } = story;
  await refused(storageCode, `${what}: an account`, () => provider.accounts.create(group, `strefused${attempts}`,
    { ...account, ...encryptedWith(story), ...storage }, { updateIntervalInMs: 1 }));
  await refused(sqlCode, `${what}: a server`, () => provider.sql.servers.beginCreateOrUpdateAndWait(group,
    `sql-refused-${attempts}`, serverWith(story, server), { updateIntervalInMs: 1 }));
}

export async function refusals(story) {
  phase("Each link of the chain, broken");
  await theKey(story);
  await theRole(story);
  await theVault(story);
  await theCredential(story);
  await theApplication(story);
  await theConsent(story);
  await others(story);
}

async function theKey(story) {
  const { keys } = story;
  await does("the key is disabled", () => keys.updateKeyProperties("cmk", { enabled: false }));
  await neither("with a disabled key", "KeyVaultEncryptionKeyNotFound", "AzureKeyVaultKeyDisabled", story);
  await does("it is enabled, and expires", () => keys.updateKeyProperties("cmk",
    { enabled: true, expiresOn: new Date("2024-01-01") }));
  await neither("with an expired key", "KeyVaultAuthenticationFailure", "AzureKeyVaultInvalidExpirationDate", story);
  await does("it does not expire so soon", () => keys.updateKeyProperties("cmk", { expiresOn: new Date("2037-01-01") }));
  const deletion = await does("it is deleted", () => keys.beginDeleteKey("cmk", { intervalInMs: 1 }));
  await deletion.pollUntilDone();
  await neither("with a deleted key", "KeyVaultEncryptionKeyNotFound", "AzureKeyVaultKeyNameNotFound", story);
  const recovery = await does("it is recovered", () => keys.beginRecoverDeletedKey("cmk", { intervalInMs: 1 }));
  await recovery.pollUntilDone();
  const elliptic = await keys.getKey("paged-4");
  const unfit = encryptedWith(story);
  unfit.encryption.keyVaultProperties.keyName = "paged-4";
  await neither("with an EC key", "InvalidValuesForRequestParameters", "AzureKeyVaultRsaKeyNotSupported", story,
    { storage: unfit, server: { keyId: elliptic.id } });
}

async function theRole(story) {
  const { customer } = story;
  await does("the role is taken away", () => customer.roleAssignments.deleteById(story.assignment.id));
  await neither("without the role", "KeyVaultAuthenticationFailure", "UmiMissingAkvPermissions", story);
  story.assignment = await does("it is given again",
    () => customer.assign(ENCRYPTION_USER, story.vault.id, story.principal.id));
}

async function theVault(story) {
  const { customer } = story;
  const other = await does("a vault without purge protection is made", () => customer.vaults.createOrUpdate(
    story.keyGroup, "kv-other-js", vaultIn(customer.tenantId, {})));
  await customer.assign("Key Vault Crypto Officer", other.id, story.me.id);
  await customer.assign(ENCRYPTION_USER, other.id, story.principal.id);
  const vaultUrl = other.properties.vaultUri;
  const key = await does("a key in it", () => customer.keys(vaultUrl).createRsaKey("cmk"));
  await neither("without purge protection", "KeyVaultPolicyError", "SecurityInvalidAzureKeyVaultRecoveryLevel",
    { ...story, vaultUrl, key });
}

async function theCredential(story) {
  const { graph } = story.provider;
  const wrong = {
    subject: story.app.appId,
    issuer: `https://login.microsoftonline.com/${story.customer.tenantId}/v2.0`,
    audiences: ["api://SomethingElse"],
  };
  for (const [part, value] of Object.entries(wrong)) {
    await does(`the credential has a wrong ${part}`,
      () => graph.api(`${story.credentials}/cmk`).update({ ...story.fit, [part]: value }));
    await neither(`with a wrong ${part}`, "KeyVaultAuthenticationFailure", "AdalGenericError", story);
  }
  await does("it fits again", () => graph.api(`${story.credentials}/cmk`).update(story.fit));
}

async function theApplication(story) {
  const { graph } = story.provider;
  const audience = (signInAudience) => graph.api(`/applications/${story.app.id}`).update({ signInAudience });
  await does("the application is for one tenant only", () => audience("AzureADMyOrg"));
  await neither("with an application for one tenant", "KeyVaultAuthenticationFailure", "Adal\\w+", story);
  await does("it is for all again", () => audience("AzureADMultipleOrgs"));
  await neither("without an identity on the resource", "KeyVaultAuthenticationFailure", "InvalidIdentityTypeForKeyId", story,
    { storage: { identity: { type: "None" } }, server: { identity: undefined, primaryUserAssignedIdentityId: undefined } });
}

async function theConsent(story) {
  const { graph } = story.customer;
  await does("the customer removes the application", () => graph.api(`/servicePrincipals/${story.principal.id}`).delete());
  await refused("Request_ResourceNotFound", "it is read", () => graph.api(`/servicePrincipals/${story.principal.id}`).get());
  await neither("without consent", "KeyVaultAuthenticationFailure", "AdalServicePrincipalNotFound", story);
  story.principal = await does("it comes back", () => graph.api("/servicePrincipals").post({ appId: story.app.appId }));
  story.assignment = await does("with its role",
    () => story.customer.assign(ENCRYPTION_USER, story.vault.id, story.principal.id));
}

/** What others may not see or do. */
async function others(story) {
  const { provider, customer } = story;
  const trespassing = new StorageManagementClient(customer.credential, provider.subscriptionId).storageAccounts;
  await refused("InvalidAuthenticationTokenTenant", "another tenant's subscription",
    () => trespassing.getProperties(story.group, story.account));
  await refused("Request_ResourceNotFound", "another tenant's application",
    () => customer.graph.api(`/applications/${story.app.id}`).get());
  await refused("ResourceNotFound", "no such account", () => customer.accounts.getProperties(story.keyGroup, "stnobodys"));
  await refused("ResourceGroupNotFound", "no such group", () => customer.vaults.get("rg-nobodys", "kv-nobodys"));
  await refused("StorageAccountAlreadyTaken", "an account's name that is taken",
    () => customer.accounts.create(story.keyGroup, story.account, account, { updateIntervalInMs: 1 }));
  await refused("VaultAlreadyExists", "a vault's name that is taken", () => provider.vaults.createOrUpdate(
    story.group, story.vaultName, vaultIn(provider.tenantId, {})));
  await nobody(story);
}

async function nobody({ provider, group, account: name }) {
  const app = await does("a principal without a role is made",
    () => provider.graph.api("/applications").post({ displayName: "nobody" }));
  await provider.graph.api("/servicePrincipals").post({ appId: app.appId });
  const { secretText } = await provider.graph.api(`/applications/${app.id}/addPassword`).post({});
  const credential = new ClientSecretCredential(provider.tenantId, app.appId, secretText);
  await refused("AuthorizationFailed", "it reads an account",
    () => new StorageManagementClient(credential, provider.subscriptionId).storageAccounts.getProperties(group, name));
  await provider.graph.api(`/applications/${app.id}`).delete();
}
