package io.xtcmk.testing.storage;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.cmk.KeyAccess;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account's {@code properties.encryption}: what is asked, merged into what is, and what it says of the key. */
final class AccountEncryption {
    private static final String ENCRYPTION = "properties.encryption";
    private static final String OWN = "Microsoft.Storage";
    private static final String CUSTOMERS = "Microsoft.Keyvault";

    private AccountEncryption() {}

    static boolean isCustomerManaged(Resource account) {
        return account.text(ENCRYPTION + ".keySource")
                .filter(CUSTOMERS::equalsIgnoreCase)
                .isPresent();
    }

    static boolean isPinned(Resource account) {
        return !version(account).isEmpty();
    }

    private static String version(Resource account) {
        return account.text(AccountKeys.KEY_VAULT + ".keyversion").orElse("");
    }

    /** How the account is told to reach its customer's key. */
    static KeyAccess access(World world, Resource account) {
        Optional<String> identity = account.text(ENCRYPTION + ".identity.userAssignedIdentity");
        Optional<String> application = account.text(ENCRYPTION + ".identity.federatedIdentityClientId");
        // A system-assigned identity cannot stand behind an application.
        boolean impossible = application.isPresent() && identity.isEmpty();
        return new KeyAccess(
                impossible ? null : AttachedIdentities.find(world, account, identity.orElse(null)),
                application.orElse(null),
                key(account));
    }

    private static KeyIdentifier key(Resource account) {
        KeyIdentifier key = KeyIdentifier.of(
                account.text(AccountKeys.KEY_VAULT + ".keyvaulturi").orElse(""),
                account.text(AccountKeys.KEY_VAULT + ".keyname").orElse(""));
        return isPinned(account) ? key.withVersion(version(account)) : key;
    }

    /** Refuses settings that no key can follow from, before anybody is asked. */
    static void check(Resource account) {
        if (!isCustomerManaged(account)) {
            return;
        }
        try {
            key(account);
        } catch (InvalidInputException e) {
            throw StorageErrors.invalid(e.getMessage() == null ? "keyvaultproperties" : e.getMessage());
        }
        if (Json.map(account.body(), "identity").isEmpty()) {
            throw StorageErrors.noIdentity();
        }
    }

    /**
     * The encryption settings after a request. The parts that say which key and how to reach it are replaced as wholes:
     * a request that names a key without a version unpins it.
     */
    static Map<String, Object> merge(Map<String, Object> before, Map<String, Object> asked, Instant now) {
        Map<String, Object> merged = new LinkedHashMap<>(Json.merge(before, asked));
        String source = Json.text(asked, "keySource")
                .or(() -> Json.text(before, "keySource"))
                .orElse(OWN);
        merged.put("keySource", source.equalsIgnoreCase(CUSTOMERS) ? CUSTOMERS : source);
        merged.put("services", services(Json.map(before, "services"), Json.map(asked, "services"), now));
        replace(merged, asked, "identity");
        replace(merged, asked, "keyvaultproperties");
        if (!source.equalsIgnoreCase(CUSTOMERS)) {
            merged.remove("keyvaultproperties");
            merged.remove("identity");
        }
        return merged;
    }

    private static void replace(Map<String, Object> merged, Map<String, Object> asked, String name) {
        Map<String, Object> value = Json.map(asked, name);
        if (!value.isEmpty()) {
            merged.keySet().removeIf(name::equalsIgnoreCase);
            merged.put(name, lowerCase(name, Json.merge(Map.of(), value)));
        }
    }

    /** Storage spells these names without capitals, whatever the request did, and computes the rest itself. */
    private static Map<String, Object> lowerCase(String name, Map<String, Object> value) {
        if (!name.equals("keyvaultproperties")) {
            return value;
        }
        return Json.object(
                "keyvaulturi", Json.orAbsent(Json.text(value, "keyvaulturi").orElse(null)),
                "keyname", Json.orAbsent(Json.text(value, "keyname").orElse(null)),
                "keyversion", Json.orAbsent(Json.text(value, "keyversion").orElse(null)));
    }

    private static Map<String, Object> services(Map<String, Object> before, Map<String, Object> asked, Instant now) {
        Map<String, Object> services = new LinkedHashMap<>();
        for (String name : List.of("file", "blob", "queue", "table")) {
            Map<String, Object> is = Json.map(before, name);
            Map<String, Object> wanted = Json.map(asked, name);
            boolean always = name.equals("file") || name.equals("blob");
            if (always || !is.isEmpty() || !wanted.isEmpty()) {
                services.put(name, Json.merge(Json.merge(enabled(now), is), wanted));
            }
        }
        return services;
    }

    private static Map<String, Object> enabled(Instant now) {
        return Json.object("keyType", "Account", "enabled", true, "lastEnabledTime", Arm.time(now));
    }

    /** Notes when the key in force became so, unless it was in force before. */
    static Resource timed(Resource before, Resource account, Instant now) {
        if (!isCustomerManaged(account)) {
            return account;
        }
        boolean same = isCustomerManaged(before)
                && before.text(AccountKeys.KEY_VAULT + ".currentVersionedKeyIdentifier")
                        .equals(account.text(AccountKeys.KEY_VAULT + ".currentVersionedKeyIdentifier"));
        String when = same
                ? before.text(AccountKeys.KEY_VAULT + ".lastKeyRotationTimestamp")
                        .orElse(Arm.time(now))
                : Arm.time(now);
        return account.withBody(Json.with(account.body(), AccountKeys.KEY_VAULT + ".lastKeyRotationTimestamp", when));
    }
}
