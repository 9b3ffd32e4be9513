import { all, does, is, phase, refused } from "./checks.js";

export const ENCRYPTION_USER = "Key Vault Crypto Service Encryption User";
const OFFICER = "Key Vault Crypto Officer";

export async function phase2(story) {
  phase("Phase 2: the customer installs the application and authorizes it on a key");
  await install(story);
  await vault(story);
  await key(story);
  await authorize(story);
}

async function install(story) {
  const { provider, customer } = story;
  story.principal = await does("the application is installed",
    () => customer.graph.api("/servicePrincipals").post({ appId: story.app.appId }));
  is(story.principal.appOwnerOrganizationId, provider.tenantId, "its home");
  const read = await does("it is read by its application",
    () => customer.graph.api(`/servicePrincipals(appId='${story.app.appId}')`).get());
  is(read.id, story.principal.id, "service principal");
  story.me = await does("the customer's own principal is read",
    () => customer.graph.api(`/servicePrincipals(appId='${customer.clientId}')`).get());
}

/** A vault that takes roles and keeps what is deleted. */
export const vaultIn = (tenantId, more) => ({
  location: "westeurope",
  properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true, ...more },
});

async function vault(story) {
  const { customer } = story;
  Object.assign(story, { keyGroup: "rg-customer", vaultName: "kv-fabrikam-js" });
  await does("a resource group is made", () => customer.groups.createOrUpdate(story.keyGroup, { location: "westeurope" }));
  const free = () => customer.vaults.checkNameAvailability(
    { name: story.vaultName, type: "Microsoft.KeyVault/vaults" });
  is((await does("a vault's name is asked for", free)).nameAvailable, true, "name");
  story.vault = await does("a vault is made", () => customer.vaults.createOrUpdate(story.keyGroup, story.vaultName,
    vaultIn(customer.tenantId, { enablePurgeProtection: true })));
  is((await does("the name is taken now", free)).reason, "AlreadyExists", "reason");
  story.vaultUrl = story.vault.properties.vaultUri;
  is(story.vaultUrl, `https://${story.vaultName}.vault.azure.net/`, "vault's URL");
  const read = await does("it is read", () => customer.vaults.get(story.keyGroup, story.vaultName));
  is([read.properties.enableSoftDelete, read.properties.enablePurgeProtection], [true, true], "protection");
  is((await all(customer.vaults.listByResourceGroup(story.keyGroup))).map((each) => each.name), [story.vaultName], "vaults");
  is((await all(customer.vaults.listBySubscription())).map((each) => each.id), [story.vault.id], "vaults");
}

async function key(story) {
  const { customer } = story;
  const keys = (story.keys = customer.keys(story.vaultUrl));
  await refused("ForbiddenByRbac", "a key is not made without a role on data", () => keys.createRsaKey("cmk"));
  await does("the role is assigned", () => customer.assign(OFFICER, story.vault.id, story.me.id));
  story.key = await does("a key is made", () => keys.createRsaKey("cmk", { keySize: 3072 }));
  is([story.key.keyType, story.key.key.n.length], ["RSA", 384], "key");
  const beside = await does("Resource Manager finds it and makes none",
    () => customer.vaultKeys.createIfNotExist(story.keyGroup, story.vaultName, "cmk", { properties: { kty: "RSA" } }));
  is(beside.keyUriWithVersion.replace(":443/", "/"), story.key.id, "key");
}

async function authorize(story) {
  const { customer } = story;
  const [definition] = await does("the role is found", () => customer.rolesNamed(ENCRYPTION_USER, story.vault.id));
  is(definition.name, "e147488a-f6f5-4113-8e2d-b22465e65bf6", "role");
  story.assignment = await does("the application is authorized on the vault",
    () => customer.assign(ENCRYPTION_USER, story.vault.id, story.principal.id));
  is(story.assignment.principalType, "ServicePrincipal", "kind of principal");
  const theirs = await does("its assignments are listed", () => all(customer.roleAssignments.listForScope(
    story.vault.id, { filter: `principalId eq '${story.principal.id}'` })));
  is(theirs.map((each) => each.id), [story.assignment.id], "assignments");
  const read = await does("the assignment is read", () => customer.roleAssignments.getById(story.assignment.id));
  is(read.scope.toLowerCase(), story.vault.id.toLowerCase(), "scope");
  await refused("RoleAssignmentExists", "the same again under another name",
    () => customer.assign(ENCRYPTION_USER, story.vault.id, story.principal.id));
}
