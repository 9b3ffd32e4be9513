package io.xtcmk.testing;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import io.xtcmk.testing.keyvault.Vaults;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an app registration. */
public final class ApplicationAssert extends AbstractAssert<ApplicationAssert, ClientId> {
    private static final List<String> USES = List.of("read", "wrap/action", "unwrap/action");

    private final Application application;
    private final FakeAzure azure;

    ApplicationAssert(Application application, FakeAzure azure) {
        super(new ClientId(application.appId()), ApplicationAssert.class);
        this.application = application;
        this.azure = azure;
    }

    /**
     * Other tenants can install it.
     *
     * @return this
     */
    public ApplicationAssert isMultiTenant() {
        if (!application.isMultiTenant()) {
            throw failure("Expected a multi-tenant application, but its audience is %s", application.signInAudience());
        }
        return this;
    }

    /**
     * It has no client secret.
     *
     * @return this
     */
    public ApplicationAssert hasNoSecrets() {
        if (!application.passwords().isEmpty()) {
            throw failure("Expected an application without secrets, but it has %s", application.passwords());
        }
        return this;
    }

    /**
     * It accepts the tokens of a user-assigned identity in place of a secret, by a federated identity credential.
     *
     * @param identityId the identity's resource id
     * @return this
     */
    public ApplicationAssert trustsIdentity(ResourceId identityId) {
        World world = azure.world();
        String principalId = world.locked(() -> world.resources()
                .find(identityId.toString())
                .flatMap(i -> i.text("properties.principalId"))
                .orElseThrow(() -> failure("Expected the identity%n  %s%nbut there is none", identityId)));
        Set<String> subjects = application.credentials().stream()
                .map(FederatedCredential::subject)
                .collect(Collectors.toSet());
        if (!subjects.contains(principalId)) {
            throw failure(
                    "Expected a federated identity credential for%n  %s%nwith the subject %s, but there are those for %s",
                    identityId, principalId, subjects);
        }
        return this;
    }

    /**
     * A tenant has installed it.
     *
     * @param tenant the tenant
     * @return this
     */
    public ApplicationAssert isInstalledIn(FakeTenant tenant) {
        if (tenant.servicePrincipalOf(actual).isEmpty()) {
            throw failure("Expected a service principal of %s in %s, but there is none", actual, tenant);
        }
        return this;
    }

    /**
     * Azure's services may use a key through it now: where it is installed it has the role for that, and the role has
     * become effective.
     *
     * @param key the key
     * @return this
     */
    public ApplicationAssert mayUse(KeyIdentifier key) {
        World world = azure.world();
        world.locked(() -> {
            String scope = new Vaults(world)
                            .find(key.vaultName())
                            .orElseThrow(() -> failure("Expected the vault %s, but there is none", key.vaultUrl()))
                            .id()
                    + "/keys/" + key.keyName();
            boolean allowed = world.servicePrincipals().where(p -> p.appId().equals(actual.value())).stream()
                    .anyMatch(p -> USES.stream()
                            .allMatch(use -> new Rbac(world)
                                    .allowsData(p.id(), "Microsoft.KeyVault/vaults/keys/" + use, scope)));
            if (!allowed) {
                throw failure("Expected that %s may use%n  %s%nin%n%s", actual, scope, azure);
            }
            return null;
        });
        return this;
    }
}
