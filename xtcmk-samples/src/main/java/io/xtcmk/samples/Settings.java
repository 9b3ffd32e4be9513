package io.xtcmk.samples;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What the programs are told: each a system property or an environment variable of the same name. */
final class Settings {
    static final String PROVIDER_TENANT = "XTCMK_PROVIDER_TENANT_ID";
    static final String PROVIDER_SUBSCRIPTION = "XTCMK_PROVIDER_SUBSCRIPTION_ID";
    static final String CUSTOMER_TENANT = "XTCMK_CUSTOMER_TENANT_ID";
    static final String CUSTOMER_SUBSCRIPTION = "XTCMK_CUSTOMER_SUBSCRIPTION_ID";

    private Settings() {}

    static Optional<String> find(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    static UUID id(String name) {
        String text = find(name).orElseThrow(() -> new SettingException(name + " is not set"));
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(name + " must be a GUID, but is \"" + text + "\"");
        }
    }

    /** Without a tenant there is nothing to connect to, and the fake stands in. */
    static boolean realAzure() {
        return find(PROVIDER_TENANT).isPresent() || find(CUSTOMER_TENANT).isPresent();
    }

    /** Short names of the two companies; they are in the resources' names. */
    static String providerName() {
        return companyName("XTCMK_PROVIDER_NAME", "contoso");
    }

    static String customerName() {
        return companyName("XTCMK_CUSTOMER_NAME", "fabrikam");
    }

    private static String companyName(String setting, String otherwise) {
        String name = find(setting).orElse(otherwise);
        if (!name.matches("[a-z][a-z0-9]{1,9}")) {
            throw new SettingException(setting + " must be 2 to 10 lower-case letters and digits, a letter first");
        }
        return name;
    }

    static AzureEnvironment cloud() {
        String name = find("XTCMK_CLOUD").orElse("public").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "public" -> AzureEnvironment.AZURE;
            case "usgovernment" -> AzureEnvironment.AZURE_US_GOVERNMENT;
            case "china" -> AzureEnvironment.AZURE_CHINA;
            default -> throw new SettingException("XTCMK_CLOUD must be public, usgovernment or china");
        };
    }

    static Region region() {
        return Region.fromName(find("XTCMK_REGION").orElseGet(Settings::usualRegion));
    }

    private static String usualRegion() {
        AzureEnvironment cloud = cloud();
        if (cloud == AzureEnvironment.AZURE_US_GOVERNMENT) {
            return "usgovvirginia";
        }
        return cloud == AzureEnvironment.AZURE_CHINA ? "chinanorth3" : "westeurope";
    }

    /** Where the programs leave their files. */
    static Path directory() {
        return Path.of(find("XTCMK_DIRECTORY").orElse("target"));
    }

    /** A setting is missing or wrong. */
    static final class SettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SettingException(String message) {
            super(message);
        }
    }
}
