import { BlobServiceClient } from "@azure/storage-blob";
import { all, does, is, phase } from "./checks.js";

export async function storage(story) {
  phase("Phase 3: the provider encrypts storage accounts with the key");
  await created(story);
  await updated(story);
  await blobs(story);
}

/** The settings of a customer's key on an account. */
export const encryptedWith = ({ identity, app, vaultUrl }, more) => ({
  identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
  encryption: {
    keySource: "Microsoft.Keyvault",
    services: { blob: { enabled: true }, file: { enabled: true } },
    keyVaultProperties: { keyVaultUri: vaultUrl, keyName: "cmk", ...more },
    encryptionIdentity: {
      encryptionUserAssignedIdentity: identity.id,
      encryptionFederatedIdentityClientId: app.appId,
    },
  },
});

export const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };

async function created(story) {
  const { provider, group, app, key } = story;
  story.account = "stfabrikamjs";
  const free = await does("a name is asked for",
    () => provider.accounts.checkNameAvailability({ name: story.account, type: "Microsoft.Storage/storageAccounts" }));
  is(free.nameAvailable, true, "name");
  const made = await does("an account is made with the key", () => provider.accounts.create(group, story.account,
    { ...account, allowBlobPublicAccess: false, ...encryptedWith(story) }, { updateIntervalInMs: 1 }));
  is(made.provisioningState, "Succeeded", "account");
  const read = await does("it is read", () => provider.accounts.getProperties(group, story.account));
  is(read.encryption.encryptionIdentity.encryptionFederatedIdentityClientId, app.appId, "federated client");
  is(read.encryption.keyVaultProperties.currentVersionedKeyIdentifier, key.id, "the key in force");
  is([read.encryption.keySource, read.encryption.keyVaultProperties.keyVersion ?? ""], ["Microsoft.Keyvault", ""], "key");
}

async function updated(story) {
  const { provider, group, app, key } = story;
  story.plainAccount = "stplainjs";
  const plain = await does("another is made with Microsoft's key",
    () => provider.accounts.create(group, story.plainAccount, account, { updateIntervalInMs: 1 }));
  is(plain.encryption.keySource, "Microsoft.Storage", "key source");
  const changed = await does("it goes to the customer's key",
    () => provider.accounts.update(group, story.plainAccount, encryptedWith(story)));
  is(changed.encryption.encryptionIdentity.encryptionFederatedIdentityClientId, app.appId, "federated client");
  const pinned = await does("it keeps to one version", () => provider.accounts.update(group, story.plainAccount,
    encryptedWith(story, { keyVersion: key.properties.version })));
  is(pinned.encryption.keyVaultProperties.keyVersion, key.properties.version, "version");
  for (const list of [provider.accounts.listByResourceGroup(group), provider.accounts.list()]) {
    is((await all(list)).map((each) => each.name).sort(), [story.account, story.plainAccount], "accounts");
  }
  is((await all(provider.resources.listByResourceGroup(group))).length, 3, "resources of the group");
}

async function blobs(story) {
  const { provider } = story;
  const me = await provider.graph.api(`/servicePrincipals(appId='${provider.clientId}')`).get();
  story.providersPrincipal = me.id;
  const service = new BlobServiceClient(`https://${story.account}.blob.core.windows.net`, provider.credential);
  await does("the provider may use blobs", () => provider.assign("Storage Blob Data Contributor",
    `${provider.group(story.group)}/providers/Microsoft.Storage/storageAccounts/${story.account}`, me.id));
  const container = service.getContainerClient("data");
  await does("a container is made", () => container.create());
  story.blob = container.getBlockBlobClient("folder/letter.txt");
  const text = "what fabrikam wants nobody else to read";
  await does("a blob is written", () => story.blob.upload(text, text.length, { metadata: { from: "fabrikam" } }));
  is((await does("it is read", () => story.blob.downloadToBuffer())).toString(), text, "blob");
  const properties = await does("its properties too", () => story.blob.getProperties());
  is([properties.contentLength, properties.isServerEncrypted], [text.length, true], "properties");
  is((await all(container.listBlobsFlat())).map((each) => each.name), ["folder/letter.txt"], "blobs");
  is((await all(service.listContainers())).map((each) => each.name), ["data"], "containers");
}
