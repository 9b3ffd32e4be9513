import { all, does, is, phase } from "./checks.js";

const AUDIENCE = "api://AzureADTokenExchange";

export async function phase1(story) {
  phase("Phase 1: the provider makes identity and application");
  await managedIdentity(story);
  await application(story);
  await federatedCredential(story);
}

async function managedIdentity(story) {
  const { provider } = story;
  story.group = "rg-provider";
  const group = await does("a resource group is made",
    () => provider.groups.createOrUpdate(story.group, { location: "westeurope", tags: { walk: "javascript" } }));
  is(group.properties.provisioningState, "Succeeded", "group");
  is((await does("it exists", () => provider.groups.checkExistence(story.group))).body, true, "existence");
  is((await does("another does not", () => provider.groups.checkExistence("rg-nobodys"))).body, false, "existence");
  is((await all(provider.groups.list())).map((each) => each.name), [story.group], "groups");

  story.identity = await does("a user-assigned identity is made",
    () => provider.identities.createOrUpdate(story.group, "id-cmk", { location: "westeurope" }));
  const read = await does("it is read", () => provider.identities.get(story.group, "id-cmk"));
  is(read.principalId, story.identity.principalId, "principal");
  is(read.tenantId, provider.tenantId, "the identity's tenant");
  for (const list of [provider.identities.listByResourceGroup(story.group), provider.identities.listBySubscription()]) {
    is((await all(list)).map((identity) => identity.name), ["id-cmk"], "identities");
  }
  const principal = await does("its service principal is in the directory",
    () => provider.graph.api(`/servicePrincipals/${story.identity.principalId}`).get());
  is([principal.servicePrincipalType, principal.appId], ["ManagedIdentity", story.identity.clientId], "its principal");
}

async function application(story) {
  const { graph } = story.provider;
  story.app = await does("an application is registered", () => graph.api("/applications").post(
    { displayName: "xtcmk-javascript", uniqueName: "xtcmk-javascript", signInAudience: "AzureADMultipleOrgs" }));
  await does("it is changed", () => graph.api(`/applications/${story.app.id}`).update({ tags: ["cmk"] }));
  const byName = await does("it is read by its unique name",
    () => graph.api("/applications(uniqueName='xtcmk-javascript')").get());
  is([byName.appId, byName.tags], [story.app.appId, ["cmk"]], "application");
  const listed = await does("it is found by a filter",
    () => graph.api("/applications").filter(`appId eq '${story.app.appId}'`).select(["id", "displayName"]).get());
  is(listed.value.map((each) => [each.id, each.displayName]), [[story.app.id, "xtcmk-javascript"]], "found");
}

async function federatedCredential(story) {
  const { provider } = story;
  story.credentials = `/applications/${story.app.id}/federatedIdentityCredentials`;
  story.fit = {
    issuer: `https://login.microsoftonline.com/${provider.tenantId}/v2.0`,
    subject: story.identity.principalId,
    audiences: [AUDIENCE],
  };
  const made = await does("the identity becomes its federated credential",
    () => provider.graph.api(story.credentials).post({ name: "cmk", ...story.fit }));
  is(made.subject, story.identity.principalId, "subject");
  const listed = await does("credentials are listed", () => provider.graph.api(story.credentials).get());
  is(listed.value.map((each) => [each.name, each.audiences[0]]), [["cmk", AUDIENCE]], "credentials");
  const again = await does("it is made again by its name, which changes nothing",
    () => provider.graph.api(`/applications(uniqueName='xtcmk-javascript')/federatedIdentityCredentials(name='cmk')`)
      .header("Prefer", "create-if-missing").patch(story.fit));
  is(again?.id ?? made.id, made.id, "the same credential");
}
