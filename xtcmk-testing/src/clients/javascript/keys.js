import { createHash, randomBytes } from "node:crypto";
import { all, does, is, phase, refused } from "./checks.js";

export async function keys(story) {
  phase("The customer's keys, by KeyClient and CryptographyClient");
  await lists(story);
  await rotationPolicy(story);
  await softDelete(story);
  await encryption(story);
  await signatures(story);
}

async function lists({ keys }) {
  for (let n = 0; n < 7; n++) {
    await does(`paged-${n} is made`, () => keys.createEcKey(`paged-${n}`, { curve: "P-256", tags: { n: String(n) } }));
  }
  const pages = [];
  for await (const page of keys.listPropertiesOfKeys().byPage({ maxPageSize: 3 })) {
    pages.push(page.map((properties) => properties.name));
  }
  is(pages.map((page) => page.length), [3, 3, 2], "sizes of pages");
  is(pages.flat(), ["cmk", ...[0, 1, 2, 3, 4, 5, 6].map((n) => `paged-${n}`)], "names over pages");
  await does("paged-0 gets another version", () => keys.createEcKey("paged-0", { curve: "P-384" }));
  const versions = await does("its versions are listed", () => all(keys.listPropertiesOfKeyVersions("paged-0")));
  is(versions.length, 2, "versions");
  const changed = await does("one is changed", () => keys.updateKeyProperties("paged-0",
    { enabled: false, expiresOn: new Date("2037-01-01"), tags: { n: "changed" } }));
  is([changed.properties.enabled, changed.properties.expiresOn, changed.properties.tags.n],
    [false, new Date("2037-01-01"), "changed"], "properties");
}

async function rotationPolicy({ keys }) {
  const rotate = { action: "Rotate", timeAfterCreate: "P90D" };
  const policy = await does("a rotation policy is set",
    () => keys.updateKeyRotationPolicy("paged-1", { expiresIn: "P2Y", lifetimeActions: [rotate] }));
  is(policy.expiresIn, "P2Y", "expiry");
  const read = await does("it is read", () => keys.getKeyRotationPolicy("paged-1"));
  is(read.lifetimeActions.find((each) => each.action === "Rotate").timeAfterCreate, "P90D", "trigger");
  const before = (await keys.getKey("paged-1")).properties.version;
  const rotated = await does("the key is rotated", () => keys.rotateKey("paged-1"));
  is(rotated.properties.version === before, false, "the same version");
  is(rotated.key.crv, "P-256", "curve");
}

async function softDelete({ keys }) {
  const backup = await does("a key is backed up", () => keys.backupKey("paged-2"));
  const deletion = await does("it is deleted", () => keys.beginDeleteKey("paged-2", { intervalInMs: 1 }));
  const deleted = await does("and is gone", () => deletion.pollUntilDone());
  is(deleted.properties.recoveryId, `${deleted.properties.vaultUrl}/deletedkeys/paged-2`, "where it is kept");
  await refused("KeyNotFound", "it is read", () => keys.getKey("paged-2"));
  await refused("Conflict", "it is restored beside what is kept", () => keys.restoreKeyBackup(backup));
  is((await all(keys.listDeletedKeys())).map((each) => each.name), ["paged-2"], "deleted keys");
  const recovery = await does("it is recovered", () => keys.beginRecoverDeletedKey("paged-2", { intervalInMs: 1 }));
  is((await does("and is back", () => recovery.pollUntilDone())).name, "paged-2", "name");
  const again = await keys.beginDeleteKey("paged-2", { intervalInMs: 1 });
  await again.pollUntilDone();
  await refused("Forbidden", "it is purged under purge protection", () => keys.purgeDeletedKey("paged-2"));
}

async function encryption({ customer, key }) {
  const remote = customer.cryptography(key.id);
  const local = customer.cryptography(key.key);
  for (const algorithm of ["RSA-OAEP", "RSA-OAEP-256"]) {
    const plaintext = randomBytes(24);
    const there = await does(`${algorithm} encrypts in the vault`, () => remote.encrypt({ algorithm, plaintext }));
    const back = await does("and decrypts", () => remote.decrypt({ algorithm, ciphertext: there.result }));
    is(Buffer.from(back.result).equals(plaintext), true, "plaintext");
  }
  const secret = randomBytes(32);
  const here = await does("RSA-OAEP wraps here with the public half", () => local.wrapKey("RSA-OAEP", secret));
  const unwrapped = await does("and unwraps in the vault", () => remote.unwrapKey("RSA-OAEP", here.result));
  is(Buffer.from(unwrapped.result).equals(secret), true, "unwrapped");
}

async function signatures({ customer, key, keys }) {
  const elliptic = await keys.getKey("paged-3");
  for (const [signer, algorithm, hash] of [[key, "RS256", "sha256"], [key, "PS384", "sha384"], [elliptic, "ES256", "sha256"]]) {
    const cryptography = customer.cryptography(signer.id);
    const digest = createHash(hash).update("fabrikam").digest();
    const { result } = await does(`${algorithm} signs`, () => cryptography.sign(algorithm, digest));
    is((await does("and verifies", () => cryptography.verify(algorithm, digest, result))).result, true, "signature");
    const other = createHash(hash).update("contoso").digest();
    is((await does("and not another", () => cryptography.verify(algorithm, other, result))).result, false, "signature");
  }
}
