package io.xtcmk.model;

import com.azure.core.management.AzureEnvironment;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which key, in which vault or managed HSM, and which version of it if one is meant. It can be read from any form of the
 * URL that a customer may paste; only hosts of Azure's own vault domains are taken, so that no token ever goes elsewhere.
 *
 * <p>Two are equal regardless of letter case, as Key Vault compares them
 * (learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates).
 *
 * @param vaultHost the host, in lower case, such as {@code kv-fabrikam.vault.azure.net}
 * @param keyName the key's name, 1 to 127 letters, digits and dashes
 * @param version the 32 hex digits of a version, or null for "always the newest"
 */
public record KeyIdentifier(
        String vaultHost, String keyName, @Nullable String version) {
    private static final Pattern KEY_NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern VAULT_NAME = Pattern.compile("[a-zA-Z](?!.*--)[0-9a-zA-Z-]{1,22}[0-9a-zA-Z]");
    private static final String VAULT_NAME_FIX =
            "use a vault's name of 3 to 24 letters, digits and single dashes, a letter first and no dash last";
    private static final Pattern KEY_PATH = Pattern.compile("/keys/(?<name>[^/]+)(/(?<version>[^/]+))?/?");
    private static final Pattern HOST = Pattern.compile("[0-9a-zA-Z.-]{1,253}");
    private static final String KEY_FIX = "give https://{vault}.vault.azure.net/keys/{name} as the portal shows it";
    private static final String VAULT_FIX = "give the vault's own URL, such as https://{vault}.vault.azure.net/";

    /**
     * A key.
     *
     * @throws InvalidInputException if a part breaks the service's rules for it
     */
    public KeyIdentifier {
        Checks.notBlank("vaultHost", vaultHost);
        refuse("vaultHost", vaultHost, hostProblem(vaultHost));
        Checks.notBlank("keyName", keyName);
        refuse("keyName", keyName, nameProblem(keyName));
        if (version != null) {
            refuse("version", version, versionProblem(version));
            version = version.toLowerCase(Locale.ROOT);
        }
        vaultHost = vaultHost.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a key's URL in any form that Azure shows: with or without version, port 443 or trailing slash, of a vault or
     * a managed HSM, of any cloud.
     *
     * @param url the URL; surrounding blanks are ignored
     * @return the key
     * @throws InvalidInputException if it is not https, not a host of Azure's vaults, or has anything else in it
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static KeyIdentifier parse(String url) {
        URI uri = uri("keyUrl", url, KEY_FIX);
        Matcher path = KEY_PATH.matcher(uri.getRawPath());
        if (!path.matches()) {
            throw new InvalidInputException(
                    "keyUrl",
                    "\"" + Checks.shown(url) + "\" has no path /keys/{name} or /keys/{name}/{version}",
                    KEY_FIX);
        }
        refuse("keyUrl", url, nameProblem(path.group("name")));
        String version = path.group("version");
        refuse("keyUrl", url, version == null ? null : versionProblem(version));
        return new KeyIdentifier(uri.getHost(), path.group("name"), version);
    }

    /**
     * A key from the two values that the portal shows apart.
     *
     * @param vaultUrl the vault's URI, such as {@code https://kv-fabrikam.vault.azure.net/}; surrounding blanks are ignored
     * @param keyName the key's name
     * @return the key, without a version
     * @throws InvalidInputException if either breaks its rules
     */
    public static KeyIdentifier of(String vaultUrl, String keyName) {
        URI uri = uri("vaultUrl", vaultUrl, VAULT_FIX);
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
            throw new InvalidInputException("vaultUrl", "\"" + Checks.shown(vaultUrl) + "\" has a path", VAULT_FIX);
        }
        return new KeyIdentifier(uri.getHost(), keyName, null);
    }

    /** An https URL of a vault's host that has a path and nothing else. */
    private static URI uri(String argument, String text, String fix) {
        String stripped = Checks.notBlank(argument, text).strip();
        String shown = "\"" + Checks.shown(text) + "\" ";
        URI uri;
        try {
            uri = new URI(stripped);
        } catch (URISyntaxException e) {
            throw new InvalidInputException(argument, shown + "is not a URL", fix);
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.isOpaque()) {
            throw new InvalidInputException(argument, shown + "is not an https URL", fix);
        }
        if (uri.getHost() == null) {
            throw new InvalidInputException(argument, shown + "has no host name that could be a vault's", fix);
        }
        boolean hostAlone = uri.getRawAuthority().equals(uri.getHost())
                || uri.getRawAuthority().equals(uri.getHost() + ":443");
        if (!hostAlone || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidInputException(argument, shown + "has more in it than host, port 443 and path", fix);
        }
        refuse(argument, text, hostProblem(uri.getHost()));
        return uri;
    }

    private static void refuse(String argument, String text, @Nullable Problem problem) {
        if (problem != null) {
            throw new InvalidInputException(
                    argument, "\"" + Checks.shown(text) + "\" " + problem.what(), problem.fix());
        }
    }

    /** What is wrong with a part, as the rest of a sentence, and what to give instead. */
    private record Problem(String what, String fix) {}

    private static @Nullable Problem hostProblem(String host) {
        int dot = host.indexOf('.');
        // Before any folding of case: the Kelvin sign is a "k" in lower case.
        boolean known = dot > 0
                && HOST.matcher(host).matches()
                && VaultDomains.cloudOf(host.substring(dot).toLowerCase(Locale.ROOT))
                        .isPresent();
        if (!known) {
            return new Problem(
                    "has no host in a domain of Azure Key Vault or Managed HSM",
                    "use a host that is a vault's name and one of " + VaultDomains.all());
        }
        return VAULT_NAME.matcher(host.substring(0, dot)).matches()
                ? null
                : new Problem("has no vault's name in its host", VAULT_NAME_FIX);
    }

    private static @Nullable Problem nameProblem(String name) {
        return KEY_NAME.matcher(name).matches()
                ? null
                : new Problem("has no key's name where it should", "use a name of 1 to 127 letters, digits and dashes");
    }

    private static @Nullable Problem versionProblem(String version) {
        return VERSION.matcher(version).matches()
                ? null
                : new Problem(
                        "has no key version where it should", "give the 32 hex digits behind the key's name, or none");
    }

    /**
     * The vault's or HSM's name: the first label of its host.
     *
     * @return the name, in lower case
     */
    public String vaultName() {
        return vaultHost.substring(0, vaultHost.indexOf('.'));
    }

    /**
     * The vault's URL.
     *
     * @return {@code https://host/}
     */
    public String vaultUrl() {
        return "https://" + vaultHost + "/";
    }

    /**
     * Whether the key is kept in a managed HSM, which has its own roles.
     *
     * @return true for a managed HSM
     */
    public boolean isManagedHsm() {
        return VaultDomains.isHsm(vaultHost.substring(vaultHost.indexOf('.')));
    }

    /**
     * The cloud in whose domain the vault is.
     *
     * @return the cloud
     */
    public AzureEnvironment environment() {
        return VaultDomains.cloudOf(vaultHost.substring(vaultHost.indexOf('.'))).orElseThrow();
    }

    /**
     * The same key, of whatever version is newest.
     *
     * @return the key without a version
     */
    public KeyIdentifier versionless() {
        return version == null ? this : new KeyIdentifier(vaultHost, keyName, null);
    }

    /**
     * The same key, of one version.
     *
     * @param keyVersion 32 hex digits
     * @return the key with that version
     * @throws InvalidInputException if it is not a version
     */
    public KeyIdentifier withVersion(String keyVersion) {
        refuse("keyVersion", keyVersion, versionProblem(Checks.notBlank("keyVersion", keyVersion)));
        return new KeyIdentifier(vaultHost, keyName, keyVersion);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyIdentifier that && folded().equals(that.folded());
    }

    @Override
    public int hashCode() {
        return folded().hashCode();
    }

    private String folded() {
        return toString().toLowerCase(Locale.ROOT);
    }

    /** The key's URL, with its version if it has one; no port, no trailing slash. */
    @Override
    @JsonValue
    public String toString() {
        return vaultUrl() + "keys/" + keyName + (version == null ? "" : "/" + version);
    }

    /** The domains of vaults and managed HSMs, by cloud. */
    private static final class VaultDomains {
        // Managed HSM's suffixes: learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
        private record Domain(String suffix, AzureEnvironment cloud, boolean hsm) {}

        private static final List<Domain> ALL = List.of(
                new Domain(".vault.azure.net", AzureEnvironment.AZURE, false),
                new Domain(".managedhsm.azure.net", AzureEnvironment.AZURE, true),
                new Domain(".vault.usgovcloudapi.net", AzureEnvironment.AZURE_US_GOVERNMENT, false),
                new Domain(".managedhsm.usgovcloudapi.net", AzureEnvironment.AZURE_US_GOVERNMENT, true),
                new Domain(".vault.azure.cn", AzureEnvironment.AZURE_CHINA, false),
                new Domain(".managedhsm.azure.cn", AzureEnvironment.AZURE_CHINA, true));

        static Optional<AzureEnvironment> cloudOf(String suffix) {
            return ALL.stream()
                    .filter(d -> d.suffix().equals(suffix))
                    .map(Domain::cloud)
                    .findFirst();
        }

        static boolean isHsm(String suffix) {
            return ALL.stream().anyMatch(d -> d.hsm() && d.suffix().equals(suffix));
        }

        static List<String> all() {
            return ALL.stream().map(Domain::suffix).toList();
        }
    }
}
