import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { KeyVaultManagementClient } from "@azure/arm-keyvault";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { SqlManagementClient } from "@azure/arm-sql";
import { StorageManagementClient } from "@azure/arm-storage";
import { ClientSecretCredential } from "@azure/identity";
import { CryptographyClient, KeyClient } from "@azure/keyvault-keys";
import { graphClient } from "./graph.js";

/** One tenant's administrator with all the clients that the walk needs; told by PROVIDER_… or CUSTOMER_…. */
export class Tenant {
  constructor(prefix) {
    const [tenantId, subscriptionId, clientId, secret] =
      ["TENANT_ID", "SUBSCRIPTION_ID", "CLIENT_ID", "CLIENT_SECRET"].map((name) => process.env[`${prefix}_${name}`]);
    Object.assign(this, { tenantId, subscriptionId, clientId, secret });
    this.credential = new ClientSecretCredential(tenantId, clientId, secret);
    this.graph = graphClient(this.credential);
    this.subscriptions = new SubscriptionClient(this.credential);
    this.groups = new ResourceManagementClient(this.credential, subscriptionId).resourceGroups;
    this.resources = new ResourceManagementClient(this.credential, subscriptionId).resources;
    this.identities = new ManagedServiceIdentityClient(this.credential, subscriptionId).userAssignedIdentities;
    this.vaults = new KeyVaultManagementClient(this.credential, subscriptionId).vaults;
    this.vaultKeys = new KeyVaultManagementClient(this.credential, subscriptionId).keys;
    this.accounts = new StorageManagementClient(this.credential, subscriptionId).storageAccounts;
    this.sql = new SqlManagementClient(this.credential, subscriptionId);
    const authorization = new AuthorizationManagementClient(this.credential, subscriptionId);
    this.roleAssignments = authorization.roleAssignments;
    this.roleDefinitions = authorization.roleDefinitions;
  }

  keys(vaultUrl) {
    return new KeyClient(vaultUrl, this.credential);
  }

  cryptography(key) {
    return new CryptographyClient(key, this.credential);
  }

  group(name) {
    return `/subscriptions/${this.subscriptionId}/resourceGroups/${name}`;
  }

  /** Assigns a built-in role, found by its name. */
  async assign(role, scope, principalId) {
    const [definition] = await this.rolesNamed(role, scope);
    return this.roleAssignments.create(scope, crypto.randomUUID(),
      { roleDefinitionId: definition.id, principalId, principalType: "ServicePrincipal" });
  }

  async rolesNamed(role, scope) {
    const found = [];
    for await (const definition of this.roleDefinitions.list(scope, { filter: `roleName eq '${role}'` })) {
      found.push(definition);
    }
    return found;
  }
}
