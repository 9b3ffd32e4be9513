import { does, is, phase, refused } from "./checks.js";
import { ENCRYPTION_USER } from "./phase2.js";
import { serverKeyName } from "./sql.js";

export async function revocation(story) {
  phase("Rotation and revocation");
  const { customer, keys } = story;
  await rotation(story);
  const enable = (enabled) => keys.updateKeyProperties("cmk", story.key.properties.version, { enabled });
  await does("the key's current version is disabled", () => keys.updateKeyProperties("cmk", { enabled: false }));
  await does("the account looks for a new one once a day: the blob is read", () => story.blob.downloadToBuffer());
  await does("the version that it uses is disabled", () => enable(false));
  await refused("KeyVaultEncryptionKeyNotFound", "the blob is read", () => story.blob.downloadToBuffer());
  await does("it is enabled", () => enable(true));
  await does("the blob is read again", () => story.blob.downloadToBuffer());
  await does("the role is taken away", () => customer.roleAssignments.deleteById(story.assignment.id));
  await refused("KeyVaultAccessTokenCannotBeAcquired", "the blob is read", () => story.blob.downloadToBuffer());
  await refused("KeyVaultAccessTokenCannotBeAcquired", "the blob is written", () => story.blob.upload("x", 1));
  await does("it is given again", () => customer.assign(ENCRYPTION_USER, story.vault.id, story.principal.id));
  await does("the blob is read again", () => story.blob.downloadToBuffer());
}

async function rotation(story) {
  const { provider, group, server, keys } = story;
  const rotated = await does("the customer rotates the key", () => keys.rotateKey("cmk"));
  is(rotated.id === story.key.id, false, "the same version");
  const name = serverKeyName(story, rotated.id);
  await does("the server gets the new version", () => provider.sql.serverKeys.beginCreateOrUpdateAndWait(group, server,
    name, { serverKeyType: "AzureKeyVault", uri: rotated.id }, { updateIntervalInMs: 1 }));
  await does("and is protected by it", () => provider.sql.encryptionProtectors.beginCreateOrUpdateAndWait(group, server,
    "current", { serverKeyType: "AzureKeyVault", serverKeyName: name }, { updateIntervalInMs: 1 }));
  is((await provider.sql.encryptionProtectors.get(group, server, "current")).uri, rotated.id, "protector");
  await does("the blob is read under the old version's key", () => story.blob.downloadToBuffer());
}
