package io.xtcmk.core.diagnosis;

import io.xtcmk.core.steps.Patience;
import io.xtcmk.model.ApplicationObjectId;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.PrincipalId;
import io.xtcmk.model.ResourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is verified: a key, and what is known of who is to use it.
 *
 * @param key the customer's key
 * @param app the provider's application, where it was given
 * @param resource the encrypted resource, where it was given
 */
public record Subject(AuthorizedKey key, Optional<FederatedApp> app, Optional<EncryptedResource> resource) {

    /** By the customer, who knows no more. */
    public static Subject of(AuthorizedKey key) {
        return new Subject(key, Optional.empty(), Optional.empty());
    }

    /** Before anything is encrypted. */
    public static Subject of(FederatedApp app, AuthorizedKey key) {
        return new Subject(key, Optional.of(app), Optional.empty());
    }

    /** Something that is encrypted. */
    public static Subject of(EncryptedResource resource) {
        return new Subject(resource.key(), Optional.empty(), Optional.of(resource));
    }

    /** The application as which the key is used. */
    public ClientId clientId() {
        return resource.map(EncryptedResource::federatedClientId).orElse(key.clientId());
    }

    ResourceId identityId() {
        return app.map(a -> a.identity().id())
                .or(() -> resource.map(EncryptedResource::identityId))
                .orElseThrow();
    }

    Optional<PrincipalId> principalId() {
        return app.map(a -> a.identity().principalId());
    }

    Optional<ApplicationObjectId> applicationObjectId() {
        return app.map(FederatedApp::objectId);
    }

    String applicationName() {
        return app.map(FederatedApp::name).orElse("client id") + " " + clientId();
    }

    Optional<String> credentialName() {
        return app.map(FederatedApp::credentialName);
    }

    Optional<Instant> trustedSince() {
        return app.flatMap(FederatedApp::knownTrustedSince);
    }

    /** Until when the application's trust may not be honoured yet; empty where it is not known to be so fresh. */
    Optional<Instant> trustFreshUntil(Instant now) {
        return trustedSince().map(at -> Patience.honouredBy(at, now)).filter(end -> end.isAfter(now));
    }

    /** Whether a grant was there when the resource was encrypted, so that it cannot be too fresh to be honoured. */
    boolean isProven(Instant grantedOn) {
        return resource.isPresent()
                && key.knownGrantedAt().filter(at -> !grantedOn.isAfter(at)).isPresent();
    }

    /** Until when the customer's grant may not be honoured yet; empty where it is not known to be so fresh. */
    Optional<Instant> grantFreshUntil(Instant now) {
        return key.knownGrantedAt().map(at -> Patience.honouredBy(at, now)).filter(end -> end.isAfter(now));
    }
}
