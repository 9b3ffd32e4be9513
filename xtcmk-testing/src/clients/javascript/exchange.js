import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClientAssertionCredential, DefaultAzureCredential, ManagedIdentityCredential, WorkloadIdentityCredential }
  from "@azure/identity";
import { CryptographyClient, KeyClient } from "@azure/keyvault-keys";
import { does, is, phase, refused } from "./checks.js";
import { claims } from "./sign-in.js";

const EXCHANGE = "api://AzureADTokenExchange/.default";
/** Whom that scope names: the application "AzureAD Token Exchange Endpoint". */
const TOKEN_EXCHANGE = "fb60f99c-7a34-4190-8149-302f77469936";
const VAULT = "https://vault.azure.net/.default";

export async function exchange(story) {
  phase("The managed identity is the application in the customer's tenant, without a secret");
  const machine = await managedIdentity(story);
  const application = assertionCredential(story, machine);
  const { token } = await does("ClientAssertionCredential exchanges the identity's token",
    () => application.getToken(VAULT));
  is([claims(token).tid, claims(token).appid], [story.customer.tenantId, story.app.appId], "who it is there");
  is(claims(token).oid, story.principal.id, "oid");
  await wrapAndUnwrap(story, application);
  await workload(story, machine);
  await refused("ForbiddenByRbac", "the application makes keys",
    () => new KeyClient(story.vaultUrl, application).createRsaKey("theirs"));
  await refused("AADSTS7000229", "the application where it has no service principal, its own tenant",
    () => assertionCredential({ ...story, customer: story.provider }, machine).getToken(VAULT));
  await refused("AADSTS700227", "a token of the identity for another audience",
    () => new ClientAssertionCredential(story.customer.tenantId, story.app.appId,
      async () => (await machine.getToken(VAULT)).token).getToken(VAULT));
}

/** The identity by the endpoint of App Service and by that of virtual machines. */
async function managedIdentity({ identity, provider }) {
  const clientId = identity.clientId;
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER, ...others } = process.env;
  const appService = new ManagedIdentityCredential({ clientId });
  const first = await does("ManagedIdentityCredential gets a token as in App Service", () => appService.getToken(EXCHANGE));
  const byDefault = new DefaultAzureCredential({ managedIdentityClientId: clientId });
  const second = await does("DefaultAzureCredential finds the identity", () => byDefault.getToken(EXCHANGE));
  process.env = others;
  const imds = new ManagedIdentityCredential({ resourceId: identity.id });
  const third = await does("ManagedIdentityCredential gets a token as on a virtual machine", () => imds.getToken(EXCHANGE));
  Object.assign(process.env, { IDENTITY_ENDPOINT, IDENTITY_HEADER });
  for (const { token } of [first, second, third]) {
    const { sub, aud, tid } = claims(token);
    is([sub, aud, tid], [identity.principalId, TOKEN_EXCHANGE, provider.tenantId], "the identity's token");
  }
  return appService;
}

export const assertionCredential = ({ customer, app }, source) =>
  new ClientAssertionCredential(customer.tenantId, app.appId, async () => (await source.getToken(EXCHANGE)).token);

async function wrapAndUnwrap({ key, vaultUrl }, application) {
  const read = await does("it reads the customer's key", () => new KeyClient(vaultUrl, application).getKey("cmk"));
  is(read.id, key.id, "key");
  const cryptography = new CryptographyClient(key.id, application);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await does("it wraps a data key", () => cryptography.wrapKey("RSA-OAEP-256", secret));
  is(wrapped.result.length, 384, "wrapped");
  const unwrapped = await does("and unwraps it", () => cryptography.unwrapKey("RSA-OAEP-256", wrapped.result));
  is([...unwrapped.result], [...secret], "data key");
  await refused("ForbiddenByRbac", "it may not sign", () => cryptography.sign("RS256", new Uint8Array(32)));
}

/** What a pod has: the identity's token is in a file. */
async function workload({ app, customer, principal }, machine) {
  const tokenFilePath = join(process.env.SCRATCH, "federated-token");
  await writeFile(tokenFilePath, (await machine.getToken(EXCHANGE)).token);
  const credential = new WorkloadIdentityCredential(
    { tenantId: customer.tenantId, clientId: app.appId, tokenFilePath });
  const { token } = await does("WorkloadIdentityCredential does the same by a file", () => credential.getToken(VAULT));
  is(claims(token).oid, principal.id, "oid");
}
