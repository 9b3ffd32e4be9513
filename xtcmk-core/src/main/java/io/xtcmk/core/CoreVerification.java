package io.xtcmk.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.Context;
import io.xtcmk.ProviderVerification;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.azure.Clouds;
import io.xtcmk.core.diagnosis.ChainWalk;
import io.xtcmk.core.diagnosis.Subject;
import io.xtcmk.core.engine.Executors;
import io.xtcmk.core.engine.Reading;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.IdentityClientId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Verification by the provider. */
final class CoreVerification implements ProviderVerification {
    private final Azure azure;
    private final Subject subject;
    private @Nullable Azure customer;
    private @Nullable TokenCredential identity;

    CoreVerification(Azure azure, Subject subject) {
        this.azure = azure;
        this.subject = subject;
    }

    @Override
    public ProviderVerification customer(TenantConnection connection) {
        TenantConnection given = Names.notNull("connection", connection);
        if (!given.tenantId().equals(subject.key().tenantId())) {
            throw new InvalidInputException(
                    "connection",
                    "is to tenant " + given.tenantId(),
                    "use a connection to the key's tenant, " + subject.key().tenantId());
        }
        Azure other = new Azure(given);
        if (other.cloud() != azure.cloud()) {
            throw new InvalidInputException(
                    "connection",
                    "is to another cloud than the provider's: " + Clouds.of(given.environment()),
                    "use a connection to the same cloud");
        }
        this.customer = other;
        return this;
    }

    @Override
    public ProviderVerification asManagedIdentity(TokenCredential credential) {
        this.identity = Names.notNull("credential", credential);
        return this;
    }

    @Override
    public ProviderVerification asManagedIdentity(IdentityClientId clientId) {
        this.identity = azure.managedIdentityHere(Names.notNull("clientId", clientId));
        return this;
    }

    @Override
    public Diagnosis verify() {
        return verify(walk(), Context.NONE);
    }

    @Override
    public Mono<Diagnosis> verifyAsync() {
        return Mono.defer(() -> {
            ChainWalk walk = walk();
            return Reading.later(Executors.of(azure.connection()), caller -> verify(walk, caller));
        });
    }

    private Diagnosis verify(ChainWalk walk, Context caller) {
        return azure.telemetry().observe("verify", caller, () -> Reading.now(walk::walk));
    }

    /** Each has a token of the application of its own: what one got an hour ago proves nothing now. */
    private ChainWalk walk() {
        Optional<Azure> application = Optional.ofNullable(identity)
                .map(credential ->
                        azure.asApplication(subject.clientId(), subject.key().tenantId(), credential));
        return new ChainWalk(subject, Optional.of(azure), Optional.ofNullable(customer), application);
    }
}
