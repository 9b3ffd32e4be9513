/**
 * Cross-tenant customer-managed keys for Azure: a provider encrypts its resources with keys that its customers keep in
 * their own tenants. Begin at {@link io.xtcmk.CrossTenantCmk}:
 *
 * <pre>{@code
 * FederatedApp app = CrossTenantCmk.provider(contoso)            // phase 1: the provider, once
 *     .application("contoso-cmk")
 *     .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
 *     .createFederatedApp();
 *
 * AuthorizedKey key = CrossTenantCmk.customer(fabrikam)          // phase 2: each customer
 *     .application(app.clientId())
 *     .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
 *     .key("contoso-cmk")
 *     .authorize();
 *
 * EncryptedResource account = CrossTenantCmk.provider(contoso)   // phase 3: the provider, each resource
 *     .storage("rg-data", "stfabrikam")
 *     .federatedApp(app)
 *     .withCustomerKey(key)
 *     .create();
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk;
