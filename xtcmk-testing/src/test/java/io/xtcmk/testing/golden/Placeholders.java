package io.xtcmk.testing.golden;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The examples' placeholders by what has them make sense: ids of the world's subscription and tenant, names that Azure
 * takes, roles and resources that the fake has.
 */
final class Placeholders {
    private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String ROLE = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
    private static final String PASSWORD = "An-example-of-1-password";
    private static final Pattern IN_BRACES = Pattern.compile("\\{([a-z-]+)}");
    private static final Pattern SUBSCRIPTION = Pattern.compile("(^|/)subscriptions/[^/]+", Pattern.CASE_INSENSITIVE);
    /** Vaults' names are hosts, which have no capitals; in the names of servers' keys neither. */
    private static final Pattern VAULT = Pattern.compile(
            "(?<![\\w-])(?:https://[\\w-]{3,24}(?=\\.vault\\.)|[A-Za-z0-9-]{3,24}(?=_[A-Za-z0-9-]{1,127}_[0-9a-f]{32}))");

    private static final Pattern ROLE_DEFINITION =
            Pattern.compile("(/roleDefinitions/)(?:" + GUID + "|roleDefinitionId)$");

    private Placeholders() {}

    static Example replaced(Example example, String subscription, String tenant) {
        Map<String, Object> tree =
                Rewriting.of(example.tree(), (property, text) -> replaced(property, text, subscription, tenant));
        return example.with(tree);
    }

    private static String replaced(String property, String text, String subscription, String tenant) {
        if (!property.isEmpty() && text.equals("roleDefinitionId")) {
            return ROLE;
        }
        if (property.equals("scope") && text.equals("scope")) {
            return "subscriptions/" + subscription;
        }
        return switch (property) {
            case "subscriptionId" -> subscription;
            case "tenantId" -> tenant;
            case "administratorLoginPassword" -> PASSWORD;
            default -> elsewhere(text, subscription);
        };
    }

    private static String elsewhere(String text, String subscription) {
        String named = IN_BRACES.matcher(text).replaceAll("$1");
        named = SUBSCRIPTION.matcher(named).replaceAll("$1subscriptions/" + subscription);
        named = ROLE_DEFINITION.matcher(named).replaceAll("$1" + ROLE);
        named = VAULT.matcher(named).replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
        // of Azure's rings before the public one
        named = named.replaceAll("^(\\w+)\\(stage\\)$", "$1");
        // a resource of a provider that the fake does not play
        return switch (named) {
            case "Microsoft.DocumentDb" -> "Microsoft.Storage";
            case "databaseAccounts" -> "storageAccounts";
            case "test-db-account" -> "testdbaccount";
            default ->
                named.replace(
                        "Microsoft.DocumentDb/databaseAccounts/test-db-account",
                        "Microsoft.Storage/storageAccounts/testdbaccount");
        };
    }
}
