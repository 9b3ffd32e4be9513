import { ClientSecretCredential, DefaultAzureCredential } from "@azure/identity";
import { all, does, is, phase, refused } from "./checks.js";

const ARM = "https://management.azure.com/.default";

export async function signIn({ provider, customer }) {
  phase("Sign in");
  for (const who of [provider, customer]) {
    const { token, expiresOnTimestamp } = await does("ClientSecretCredential gets a token",
      () => who.credential.getToken(ARM));
    is(claims(token).tid, who.tenantId, "tid");
    is(claims(token).appid, who.clientId, "appid");
    is(expiresOnTimestamp > Date.now(), true, "the token has time left");
    const seen = await does("subscriptions are listed", () => all(who.subscriptions.subscriptions.list()));
    is(seen.map((subscription) => subscription.subscriptionId), [who.subscriptionId], "subscriptions");
    const tenants = await does("tenants are listed", () => all(who.subscriptions.tenants.list()));
    is(tenants.map((tenant) => tenant.tenantId), [who.tenantId], "tenants");
    const one = await does("the subscription is shown", () => who.subscriptions.subscriptions.get(who.subscriptionId));
    is([one.tenantId, one.state], [who.tenantId, "Enabled"], "subscription");
  }
  await refused("AADSTS7000215", "a wrong secret",
    () => new ClientSecretCredential(customer.tenantId, customer.clientId, "wrong").getToken(ARM));
  await refused("AADSTS700016", "an application that the tenant does not know",
    () => new ClientSecretCredential(customer.tenantId, provider.clientId, provider.secret).getToken(ARM));
  await refused("AADSTS90002", "a tenant that does not exist",
    () => new ClientSecretCredential(crypto.randomUUID(), provider.clientId, provider.secret).getToken(ARM));
  await refused("SubscriptionNotFound|InvalidAuthenticationTokenTenant|AuthorizationFailed", "another's subscription",
    () => customer.subscriptions.subscriptions.get(provider.subscriptionId));
  await defaultCredential(provider);
}

/** As a program has it that is told by AZURE_… who it is. */
async function defaultCredential({ tenantId, clientId, secret }) {
  const names = { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret };
  Object.assign(process.env, names);
  const { token } = await does("DefaultAzureCredential gets a token by the environment",
    () => new DefaultAzureCredential().getToken(ARM));
  is(claims(token).appid, clientId, "appid");
  Object.keys(names).forEach((name) => delete process.env[name]);
}

/** What a token says, without a look at its signature. */
export const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
