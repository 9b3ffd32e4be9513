package io.xtcmk.testing.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An app registration in its home tenant.
 *
 * @param objectId Graph's {@code id}
 * @param appId the client id
 * @param tenantId the home tenant
 * @param properties what Graph shows of it, but the ids, credentials and dates
 * @param credentials its federated identity credentials
 * @param passwords its client secrets
 * @param owners object ids of its owners
 * @param createdAt when it was made
 * @param visibleAt when the rest of the directory, and other tenants, see it
 * @param deletedAt when it was (softly) deleted, or null
 */
public record Application(
        UUID objectId,
        UUID appId,
        UUID tenantId,
        Map<String, Object> properties,
        List<FederatedCredential> credentials,
        List<Password> passwords,
        List<UUID> owners,
        Instant createdAt,
        Instant visibleAt,
        @org.jspecify.annotations.Nullable Instant deletedAt) {

    public String displayName() {
        return String.valueOf(properties.get("displayName"));
    }

    public String signInAudience() {
        return String.valueOf(properties.get("signInAudience"));
    }

    public boolean isMultiTenant() {
        return signInAudience().startsWith("AzureADMultipleOrgs")
                || signInAudience().equals("AzureADandPersonalMicrosoftAccount");
    }

    public Optional<String> uniqueName() {
        return Optional.ofNullable((String) properties.get("uniqueName"));
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    public Application withProperties(Map<String, Object> changed) {
        return new Application(
                objectId, appId, tenantId, changed, credentials, passwords, owners, createdAt, visibleAt, deletedAt);
    }

    public Application withCredentials(List<FederatedCredential> changed) {
        return new Application(
                objectId,
                appId,
                tenantId,
                properties,
                List.copyOf(changed),
                passwords,
                owners,
                createdAt,
                visibleAt,
                deletedAt);
    }

    public Application withPasswords(List<Password> changed) {
        return new Application(
                objectId,
                appId,
                tenantId,
                properties,
                credentials,
                List.copyOf(changed),
                owners,
                createdAt,
                visibleAt,
                deletedAt);
    }

    public Application withDeletedAt(@org.jspecify.annotations.Nullable Instant when) {
        return new Application(
                objectId, appId, tenantId, properties, credentials, passwords, owners, createdAt, visibleAt, when);
    }

    /**
     * A federated identity credential: whom else's token the application accepts in place of a secret.
     *
     * @param id its GUID
     * @param name its immutable name
     * @param issuer the token's issuer
     * @param subject the token's subject
     * @param audience the token's audience
     * @param description for people, or null
     * @param effectiveAt when the token service knows it
     */
    public record FederatedCredential(
            UUID id,
            String name,
            String issuer,
            String subject,
            String audience,
            @org.jspecify.annotations.Nullable String description,
            Instant effectiveAt) {}

    /**
     * A client secret.
     *
     * @param keyId its GUID
     * @param displayName its name, or null
     * @param secret the secret itself
     * @param startsAt when it begins to be valid
     * @param endsAt when it ends
     */
    public record Password(
            UUID keyId,
            @org.jspecify.annotations.Nullable String displayName,
            String secret,
            Instant startsAt,
            Instant endsAt) {
        @Override
        public String toString() {
            return "Password[" + keyId + "]";
        }
    }
}
