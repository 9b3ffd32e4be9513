package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rotation by policy: new versions at the hours that the policy names, made when somebody next looks. */
final class Rotation {
    /** Days, from the page "Configure cryptographic key auto-rotation in Azure Key Vault". */
    private static final int SHORTEST_LIFE = 28;

    private static final int SHORTEST_WAIT = 7;

    private Rotation() {}

    /** The key with the versions that have come due by now. */
    static Key due(Keys keys, Vault vault, Key key) {
        Key latest = key;
        Optional<Instant> next = next(latest);
        while (latest.deletedAt() == null && next.isPresent() && !next.get().isAfter(keys.now())) {
            latest = keys.rotate(vault, latest, next.get(), expiry(latest, next.get()));
            next = next(latest);
        }
        return latest;
    }

    private static Optional<Instant> next(Key key) {
        if (key.rotationPolicy() == null) {
            return Optional.empty();
        }
        return Json.list(key.rotationPolicy(), "lifetimeActions").stream()
                .map(Json::cast)
                .filter(a ->
                        "Rotate".equalsIgnoreCase(Json.text(a, "action.type").orElse("")))
                .findFirst()
                .flatMap(a -> hour(key.current(), a));
    }

    private static Optional<Instant> hour(KeyVersion version, Map<String, Object> action) {
        Instant expires = version.expires();
        Optional<Instant> afterCreate =
                Json.text(action, "trigger.timeAfterCreate").map(t -> plus(version.createdAt(), period(t)));
        if (afterCreate.isPresent() || expires == null) {
            return afterCreate;
        }
        return Json.text(action, "trigger.timeBeforeExpiry")
                .map(t -> plus(expires, period(t).negated()));
    }

    /** When a version made at this hour expires, by the key's policy. */
    static @Nullable Instant expiry(Key key, Instant madeAt) {
        return key.rotationPolicy() == null
                ? null
                : Json.text(key.rotationPolicy(), "attributes.expiryTime")
                        .map(t -> plus(madeAt, period(t)))
                        .orElse(null);
    }

    /** Refuses a policy that the service would. */
    static void check(Map<String, Object> policy) {
        Json.text(policy, "attributes.expiryTime").ifPresent(t -> checkLength(t, SHORTEST_LIFE));
        for (Object action : Json.list(policy, "lifetimeActions")) {
            Map<String, Object> trigger = Json.map(Json.cast(action), "trigger");
            Json.text(trigger, "timeAfterCreate").ifPresent(t -> checkLength(t, SHORTEST_WAIT));
            Json.text(trigger, "timeBeforeExpiry").ifPresent(t -> checkLength(t, SHORTEST_WAIT));
        }
    }

    private static void checkLength(String text, int days) {
        Instant start = Instant.EPOCH;
        if (plus(start, period(text)).isBefore(plus(start, Period.ofDays(days)))) {
            throw invalid(text);
        }
    }

    private static AzureError invalid(String text) {
        return KeyErrors.badParameter("Property duration has invalid value: " + text);
    }

    private static Period period(String text) {
        try {
            Period period = Period.parse(text);
            if (!period.isZero() && !period.isNegative()) {
                return period;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw invalid(text);
    }

    private static Instant plus(Instant when, Period period) {
        return when.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    }
}
