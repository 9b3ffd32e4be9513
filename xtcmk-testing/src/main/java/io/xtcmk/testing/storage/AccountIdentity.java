package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import java.util.List;
import java.util.Locale;

/** What Storage takes of an account's identities, and how it lets the one that fetches the key be changed. */
final class AccountIdentity {
    private static final String ENCRYPTION = "properties.encryption.";
    private static final List<String> WAY =
            List.of("identity.userAssignedIdentity", "identity.federatedIdentityClientId");
    private static final List<String> KEY =
            List.of("keyvaultproperties.keyvaulturi", "keyvaultproperties.keyname", "keyvaultproperties.keyversion");

    private AccountIdentity() {}

    /** An account has one user-assigned identity at the most, beside its own. */
    static void check(Resource account) {
        if (Json.map(account.body(), "identity.userAssignedIdentities").size() > 1) {
            throw StorageErrors.tooManyIdentities();
        }
    }

    /** Under a customer's key, one request changes the key or the way to it, not both. */
    static void checkChange(Resource before, Resource account) {
        boolean staysCustomers =
                AccountEncryption.isCustomerManaged(before) && AccountEncryption.isCustomerManaged(account);
        if (staysCustomers && differ(before, account, WAY) && differ(before, account, KEY)) {
            throw StorageErrors.identityAndKeyAtOnce();
        }
    }

    private static boolean differ(Resource one, Resource other, List<String> properties) {
        return properties.stream().anyMatch(property -> !text(one, property).equals(text(other, property)));
    }

    private static String text(Resource account, String property) {
        String text = account.text(ENCRYPTION + property).orElse("");
        return text.replaceAll("/$", "").toLowerCase(Locale.ROOT);
    }
}
