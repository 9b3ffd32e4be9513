import { all, does, is, phase } from "./checks.js";

export async function sql(story) {
  phase("Phase 3: the provider encrypts an Azure SQL server with the key");
  await created(story);
  await protector(story);
  await databases(story);
  await updated(story);
}

/** A server with an identity, and what its key is used as. */
export const serverWith = ({ identity, app, key }, more) => ({
  location: "westeurope",
  administratorLogin: "azureuser",
  administratorLoginPassword: "Pa55w.rd-Pa55w.rd",
  identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
  primaryUserAssignedIdentityId: identity.id,
  federatedClientId: app.appId,
  keyId: key.id,
  ...more,
});

/** How a server names a key. */
export const serverKeyName = ({ vaultName }, keyId) => `${vaultName}_cmk_${keyId.split("/").at(-1)}`;

async function created(story) {
  const { provider, group, app, key } = story;
  const { servers } = provider.sql;
  story.server = "sql-fabrikam-js";
  const made = await does("a server is made with the key",
    () => servers.beginCreateOrUpdateAndWait(group, story.server, serverWith(story), { updateIntervalInMs: 1 }));
  is([made.federatedClientId, made.keyId, made.state], [app.appId, key.id, "Ready"], "server");
  const read = await does("it is read", () => servers.get(group, story.server));
  is([read.federatedClientId, read.administratorLoginPassword ?? null], [app.appId, null], "server");
  for (const list of [servers.listByResourceGroup(group), servers.list()]) {
    is((await all(list)).map((each) => each.name), [story.server], "servers");
  }
}

async function protector(story) {
  const { provider, group, key, server } = story;
  const { serverKeys, encryptionProtectors } = provider.sql;
  const name = serverKeyName(story, key.id);
  const read = await does("the protector is read", () => encryptionProtectors.get(group, server, "current"));
  is([read.serverKeyName, read.serverKeyType, read.uri], [name, "AzureKeyVault", key.id], "protector");
  is((await all(serverKeys.listByServer(group, server))).map((each) => each.name).sort(), ["ServiceManaged", name], "keys");
  const same = await does("the server's key is made again", () => serverKeys.beginCreateOrUpdateAndWait(
    group, server, name, { serverKeyType: "AzureKeyVault", uri: key.id }, { updateIntervalInMs: 1 }));
  is(same.name, name, "key");
  const set = await does("the protector is set to follow the key", () => encryptionProtectors.beginCreateOrUpdateAndWait(
    group, server, "current", { serverKeyType: "AzureKeyVault", serverKeyName: name, autoRotationEnabled: true },
    { updateIntervalInMs: 1 }));
  is(set.autoRotationEnabled, true, "auto-rotation");
  await does("and revalidated",
    () => encryptionProtectors.beginRevalidateAndWait(group, server, "current", { updateIntervalInMs: 1 }));
}

async function databases({ provider, group, server }) {
  const { databases, transparentDataEncryptions } = provider.sql;
  const made = await does("a database is made", () => databases.beginCreateOrUpdateAndWait(group, server, "db1",
    { location: "westeurope", sku: { name: "GP_S_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 2 } },
    { updateIntervalInMs: 1 }));
  is([made.status, made.currentSku.name], ["Online", "GP_S_Gen5"], "database");
  is((await all(databases.listByServer(group, server))).map((each) => each.name).sort(), ["db1", "master"], "databases");
  await does("its encryption is switched on", () => transparentDataEncryptions.beginCreateOrUpdateAndWait(
    group, server, "db1", "current", { state: "Enabled" }, { updateIntervalInMs: 1 }));
  const read = await does("and read", () => transparentDataEncryptions.get(group, server, "db1", "current"));
  is(read.state, "Enabled", "encryption");
}

/** A server that began with Microsoft's key. */
async function updated(story) {
  const { provider, group, app, key } = story;
  const { servers, serverKeys, encryptionProtectors } = provider.sql;
  story.plainServer = "sql-plain-js";
  const { location, administratorLogin, administratorLoginPassword } = serverWith(story);
  await does("another server is made with Microsoft's key", () => servers.beginCreateOrUpdateAndWait(group,
    story.plainServer, { location, administratorLogin, administratorLoginPassword }, { updateIntervalInMs: 1 }));
  const { identity, primaryUserAssignedIdentityId } = serverWith(story);
  const changed = await does("it gets identity and application", () => servers.beginUpdateAndWait(group, story.plainServer,
    { identity, primaryUserAssignedIdentityId, federatedClientId: app.appId }, { updateIntervalInMs: 1 }));
  is(changed.federatedClientId, app.appId, "federated client");
  const name = serverKeyName(story, key.id);
  await does("it gets the key", () => serverKeys.beginCreateOrUpdateAndWait(group, story.plainServer, name,
    { serverKeyType: "AzureKeyVault", uri: key.id }, { updateIntervalInMs: 1 }));
  await does("it is protected by it", () => encryptionProtectors.beginCreateOrUpdateAndWait(group, story.plainServer,
    "current", { serverKeyType: "AzureKeyVault", serverKeyName: name }, { updateIntervalInMs: 1 }));
  is((await encryptionProtectors.get(group, story.plainServer, "current")).uri, key.id, "protector");
}
