package io.xtcmk.core;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ProviderVerification;
import io.xtcmk.Verification;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakeWorkload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What tests of verification share: a chain that holds and is old enough, and the sides from which it is looked at. */
abstract class VerificationScenario extends EncryptionScenario {
    static final String ROLE = "Key Vault Crypto Service Encryption User";

    FederatedApp app = phase1();
    AuthorizedKey key = phase2(app);
    final EncryptedResource account = storage(app, key).create();
    final EncryptedResource server = sql(app, key).create();

    final FakeWorkload workload = azure.workload(app.identity().id().toString());

    VerificationScenario() {
        azure.clock().advance(Duration.ofMinutes(11));
    }

    /** From where a chain is looked at, and what is known of it. */
    enum View {
        CUSTOMER(false, true, false, What.KEY),
        PROVIDER_APP(true, false, false, What.APP),
        PROVIDER_STORAGE(true, false, false, What.STORAGE),
        PROVIDER_SQL(true, false, false, What.SQL),
        BOTH_APP(true, true, false, What.APP),
        BOTH_STORAGE(true, true, false, What.STORAGE),
        BOTH_SQL(true, true, false, What.SQL),
        IDENTITY_APP(true, false, true, What.APP),
        IDENTITY_STORAGE(true, false, true, What.STORAGE),
        ALL_APP(true, true, true, What.APP),
        ALL_STORAGE(true, true, true, What.STORAGE);

        enum What {
            KEY,
            APP,
            STORAGE,
            SQL
        }

        final boolean provider;
        final boolean customer;
        final boolean identity;
        final What what;

        View(boolean provider, boolean customer, boolean identity, What what) {
            this.provider = provider;
            this.customer = customer;
            this.identity = identity;
            this.what = what;
        }

        boolean isOfResource() {
            return what == What.STORAGE || what == What.SQL;
        }

        boolean seesCustomers() {
            return customer || identity;
        }
    }

    Verification verification(View view) {
        if (view.what == View.What.KEY) {
            return CrossTenantCmk.customer(customer()).verification(key);
        }
        var provider = CrossTenantCmk.provider(provider());
        ProviderVerification verification = switch (view.what) {
            case STORAGE -> provider.verification(underKey(account));
            case SQL -> provider.verification(underKey(server));
            default -> provider.verification(app, key);
        };
        if (view.customer) {
            verification.customer(customer());
        }
        return view.identity ? verification.asManagedIdentity(new Fresh(workload)) : verification;
    }

    /** The record of a resource, with what is known of the key now. */
    private EncryptedResource underKey(EncryptedResource resource) {
        return new EncryptedResource(
                resource.id(),
                resource.tenantId(),
                key,
                resource.keyInForce(),
                resource.identityId(),
                resource.federatedClientId(),
                List.of());
    }

    Diagnosis diagnosis(View view) {
        return verification(view).verify();
    }

    static State state(Diagnosis diagnosis, Kind kind) {
        return diagnosis.link(kind).orElseThrow().state();
    }

    static @Nullable Kind firstBroken(Diagnosis diagnosis) {
        return diagnosis.firstBroken().map(link -> link.kind()).orElse(null);
    }

    static final Set<Kind> PROVIDERS =
            Set.of(Kind.MANAGED_IDENTITY, Kind.FEDERATED_IDENTITY_CREDENTIAL, Kind.APPLICATION, Kind.RESOURCE_SETTING);

    static final Set<Kind> CUSTOMERS = Set.of(Kind.SERVICE_PRINCIPAL, Kind.ROLE_ASSIGNMENT, Kind.KEY_VAULT, Kind.KEY);

    AuthorizedKey secondKey(FederatedApp of) {
        return CrossTenantCmk.customer(customer())
                .application(of.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("second")
                .authorize();
    }

    /** A program of the provider's that keeps no token: what it gets is the identity's of now. */
    private record Fresh(FakeWorkload workload) implements TokenCredential {
        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return Mono.fromCallable(() -> getTokenSync(request));
        }

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            return workload.credential().getTokenSync(request);
        }
    }
}
