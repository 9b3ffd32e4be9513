package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keys as the data plane shows them. */
final class KeyJson {
    private KeyJson() {}

    static String keyUrl(Exchange exchange, Key key) {
        return exchange.origin() + "/keys/" + key.name();
    }

    static String versionUrl(Exchange exchange, Key key, KeyVersion version) {
        return keyUrl(exchange, key) + "/" + version.version();
    }

    /** A key bundle. */
    static Map<String, Object> bundle(Exchange exchange, Vault vault, Key key, KeyVersion version) {
        return Json.object(
                "key",
                Json.merge(
                        Json.object(
                                "kid", versionUrl(exchange, key, version),
                                "kty", version.kty(),
                                "key_ops", version.operations()),
                        Jwk.publicPart(version)),
                "attributes",
                attributes(exchange, vault, version),
                "tags",
                version.tags().isEmpty() ? Json.ABSENT : version.tags());
    }

    /** A line of a list of keys or versions. */
    static Map<String, Object> item(Exchange exchange, Vault vault, String url, KeyVersion version) {
        return Json.object(
                "kid",
                url,
                "attributes",
                attributes(exchange, vault, version),
                "tags",
                version.tags().isEmpty() ? Json.ABSENT : version.tags());
    }

    /** What is added of a deleted key. */
    static Map<String, Object> deletion(Exchange exchange, Vault vault, Key key) {
        Instant deletedAt = Optional.ofNullable(key.deletedAt()).orElseThrow();
        return Json.object(
                "recoveryId", exchange.origin() + "/deletedkeys/" + key.name(),
                "deletedDate", deletedAt.getEpochSecond(),
                "scheduledPurgeDate", vault.purgeTime(deletedAt).getEpochSecond());
    }

    private static Map<String, Object> attributes(Exchange exchange, Vault vault, KeyVersion version) {
        return Json.object(
                "enabled", version.enabled(),
                "nbf", seconds(version.notBefore()),
                "exp", seconds(version.expires()),
                "created", version.createdAt().getEpochSecond(),
                "updated", version.updatedAt().getEpochSecond(),
                "recoveryLevel", vault.recoveryLevel(),
                "recoverableDays", vault.retentionDays(),
                "exportable", false,
                "hsmPlatform", knowsPlatform(exchange.apiVersion()) ? platform(version) : Json.ABSENT);
    }

    private static Object seconds(@org.jspecify.annotations.Nullable Instant when) {
        return when == null ? Json.ABSENT : when.getEpochSecond();
    }

    private static String platform(KeyVersion version) {
        return version.kty().endsWith("-HSM") ? "2" : "0";
    }

    /** Since 7.5, which the versions named by dates follow. */
    private static boolean knowsPlatform(String apiVersion) {
        return apiVersion.startsWith("20") || apiVersion.compareTo("7.5") >= 0;
    }
}
