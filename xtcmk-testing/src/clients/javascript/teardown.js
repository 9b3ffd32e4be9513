// Everything taken away again, with what soft delete keeps.
import { all, does, is, phase, refused } from "./checks.js";
import { serverKeyName } from "./sql.js";

export async function teardown(story) {
  phase("Everything goes");
  await resources(story);
  await vaults(story);
  await directory(story);
  await groups(story);
}

async function resources({ provider, group, ...story }) {
  const { servers, serverKeys, encryptionProtectors, databases } = provider.sql;
  const quick = { updateIntervalInMs: 1 };
  const leave = () => encryptionProtectors.beginCreateOrUpdateAndWait(group, story.server, "current",
    { serverKeyType: "ServiceManaged", serverKeyName: "ServiceManaged" }, quick);
  await refused("AzureKeyVaultKeyDisabled", "whoever leaves a key needs it once more: the server", leave);
  await does("the key is enabled", () => story.keys.updateKeyProperties("cmk", { enabled: true }));
  await does("the server goes back to Microsoft's key", leave);
  await does("it forgets the customer's",
    () => serverKeys.beginDeleteAndWait(group, story.server, serverKeyName(story, story.key.id), quick));
  await does("its database goes", () => databases.beginDeleteAndWait(group, story.server, "db1", quick));
  for (const server of [story.server, story.plainServer]) {
    await does(`${server} goes`, () => servers.beginDeleteAndWait(group, server, quick));
    await refused("ResourceNotFound", "it is read", () => servers.get(group, server));
  }
  const released = await does("an account goes back to Microsoft's key", () => provider.accounts.update(group,
    story.plainAccount, { encryption: { keySource: "Microsoft.Storage" } }));
  is(released.encryption.keySource, "Microsoft.Storage", "key source");
  for (const account of [story.account, story.plainAccount]) {
    await does(`${account} goes`, () => provider.accounts.delete(group, account));
    await refused("ResourceNotFound", "it is read", () => provider.accounts.getProperties(group, account));
  }
}

async function vaults({ customer, keyGroup, vaultName }) {
  await does("the vault is deleted", () => customer.vaults.delete(keyGroup, vaultName));
  await refused("ResourceNotFound", "it is read", () => customer.vaults.get(keyGroup, vaultName));
  is((await all(customer.vaults.listDeleted())).map((each) => each.name), [vaultName], "deleted vaults");
  const kept = await does("what is kept is read", () => customer.vaults.getDeleted(vaultName, "westeurope"));
  is(kept.properties.purgeProtectionEnabled, true, "purge protection");
  await refused("MethodNotAllowed", "it is purged", () => customer.vaults.purgeDeleted(vaultName, "westeurope"));
  await does("another is deleted", () => customer.vaults.delete(keyGroup, "kv-other-js"));
  await does("and purged", () => customer.vaults.purgeDeleted("kv-other-js", "westeurope", { updateIntervalInMs: 1 }));
  is((await all(customer.vaults.listDeleted())).map((each) => each.name), [vaultName], "deleted vaults");
}

async function directory({ provider, customer, app, principal, credentials }) {
  await does("the credential goes", () => provider.graph.api(`${credentials}/cmk`).delete());
  is((await provider.graph.api(credentials).get()).value, [], "credentials");
  await does("the application goes", () => provider.graph.api(`/applications/${app.id}`).delete());
  await refused("Request_ResourceNotFound", "it is read", () => provider.graph.api(`/applications/${app.id}`).get());
  await does("the customer's service principal goes", () => customer.graph.api(`/servicePrincipals/${principal.id}`).delete());
}

async function groups({ provider, customer, group, keyGroup }) {
  await does("the identity goes", () => provider.identities.delete(group, "id-cmk"));
  for (const [who, name] of [[provider, group], [customer, keyGroup]]) {
    await does(`${name} goes`, () => who.groups.beginDeleteAndWait(name, { updateIntervalInMs: 1 }));
    is((await who.groups.checkExistence(name)).body, false, "existence");
    await refused("ResourceGroupNotFound", "it is read", () => who.groups.get(name));
  }
}
