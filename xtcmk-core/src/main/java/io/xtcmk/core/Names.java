package io.xtcmk.core;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the services take for a name, so that a wrong one is refused before a request is sent. Rules from Microsoft's page
 * "Naming rules and restrictions for Azure resources", and for Entra from Microsoft Graph's resource types.
 */
final class Names {
    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,119}");
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,119}");
    private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]");
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,127}");
    private static final Pattern VAULT = Pattern.compile("[a-zA-Z](?!.*--)[0-9a-zA-Z-]{1,22}[0-9a-zA-Z]");
    private static final Pattern KEY = Pattern.compile("[0-9a-zA-Z-]{1,127}");
    private static final Pattern STORAGE = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern SQL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9]+_[A-Za-z0-9]+");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");
    /** learn.microsoft.com/azure/azure-sql/database/logins-create-manage */
    private static final Set<String> RESERVED_LOGINS =
            Set.of("admin", "administrator", "sa", "root", "dbmanager", "loginmanager", "dbo", "guest", "public");

    private Names() {}

    static String application(@Nullable String name) {
        return matching("uniqueName", name, APPLICATION, "use 1 to 120 letters, digits, dashes and underscores");
    }

    static String displayName(@Nullable String name) {
        return text("displayName", name, 120);
    }

    /** A user's, group's or application's name, as SQL keeps it. */
    static String entraLogin(@Nullable String name) {
        return text("login", name, 128);
    }

    private static String text(String argument, @Nullable String name, int longest) {
        String text = printable(argument, name);
        if (text.length() > longest) {
            throw new InvalidInputException(
                    argument, "\"" + shown(text) + "\" is too long", "use 1 to " + longest + " characters");
        }
        return text;
    }

    /** Rules from learn.microsoft.com/entra/identity-platform/reply-url. */
    static String redirectUri(@Nullable URI uri) {
        URI given = notNull("redirectUri", uri);
        boolean local = "http".equalsIgnoreCase(given.getScheme()) && "localhost".equalsIgnoreCase(given.getHost());
        boolean fit = ("https".equalsIgnoreCase(given.getScheme()) || local)
                && given.getHost() != null
                && given.getRawUserInfo() == null
                && given.getRawFragment() == null
                && given.toString().length() <= 256
                && !given.toString().contains("*")
                && Texts.isOneLine(given.toString());
        if (!fit) {
            throw new InvalidInputException(
                    "redirectUri",
                    "\"" + shown(given.toString()) + "\" cannot be an application's redirect URI",
                    "give an https URI (http for localhost) without fragment, user and wildcard, 256 characters at most");
        }
        return given.toString();
    }

    /** The provider's own name for a customer: any that can be printed. */
    static String reference(@Nullable String reference) {
        return printable("reference", reference);
    }

    static String credential(@Nullable String name) {
        return matching(
                "credentialName",
                name,
                CREDENTIAL,
                "use 3 to 120 letters, digits, dashes and underscores, a letter or digit first");
    }

    static String resourceGroup(@Nullable String name) {
        return matching(
                "resourceGroup",
                name,
                GROUP,
                "use 1 to 90 letters, digits, underscores, dashes, parentheses and dots, no dot last");
    }

    static String identity(@Nullable String name) {
        return matching(
                "managedIdentity",
                name,
                IDENTITY,
                "use 3 to 128 letters, digits, dashes and underscores, a letter or digit first");
    }

    static String vault(@Nullable String name) {
        return matching(
                "vaultName",
                name,
                VAULT,
                "use 3 to 24 letters, digits and single dashes, a letter first and no dash last");
    }

    static String key(@Nullable String name) {
        return matching("keyName", name, KEY, "use 1 to 127 letters, digits and dashes");
    }

    static String storageAccount(@Nullable String name) {
        return matching("accountName", name, STORAGE, "use 3 to 24 lower-case letters and digits");
    }

    static String sqlServer(@Nullable String name) {
        return matching(
                "serverName", name, SQL, "use 1 to 63 lower-case letters, digits and dashes, no dash first or last");
    }

    static String sku(@Nullable String name) {
        return matching("sku", name, SKU, "use a name such as Standard_LRS or Standard_ZRS");
    }

    static String login(@Nullable String name) {
        String login = matching("login", name, LOGIN, "use letters, digits, dashes and underscores, a letter first");
        if (RESERVED_LOGINS.contains(login.toLowerCase(Locale.ROOT))) {
            throw new InvalidInputException("login", "\"" + login + "\" is reserved", "choose another");
        }
        return login;
    }

    /** The password is never shown, not even in the message that refuses it. */
    static String password(@Nullable String password, String login) {
        String text = given("password", password);
        long kinds = java.util.stream.Stream.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")
                .filter(kind -> Pattern.compile(kind).matcher(text).find())
                .count();
        boolean named = text.toLowerCase(Locale.ROOT).contains(login.toLowerCase(Locale.ROOT));
        if (text.length() < 8 || text.length() > 128 || kinds < 3 || named) {
            throw new InvalidInputException(
                    "password",
                    "is too short, too long, too simple or holds the login",
                    "use 8 to 128 characters of three of: lower case, upper case, digits, others; without the login");
        }
        return text;
    }

    static <T> T notNull(String argument, @Nullable T value) {
        if (value == null) {
            throw new InvalidInputException(argument, "is null", "give a value");
        }
        return value;
    }

    private static String matching(String argument, @Nullable String name, Pattern rule, String fix) {
        String text = printable(argument, name);
        if (!rule.matcher(text).matches()) {
            throw new InvalidInputException(argument, "\"" + shown(text) + "\" is not a name that Azure takes", fix);
        }
        return text;
    }

    /** A text that is shown to people, and must not be able to forge a line of a log, or to look like another. */
    private static String printable(String argument, @Nullable String value) {
        String text = given(argument, value);
        if (!Texts.isOneLine(text)) {
            throw new InvalidInputException(
                    argument,
                    "\"" + shown(text) + "\" has characters that cannot be printed",
                    "leave out line breaks, invisible characters and those that turn the direction of writing");
        }
        return text;
    }

    private static String given(String argument, @Nullable String text) {
        notNull(argument, text);
        if (text == null || text.isBlank()) {
            throw new InvalidInputException(argument, "is blank", "give a value");
        }
        return text;
    }

    static String shown(String text) {
        return Texts.oneLine(text, 100);
    }
}
