package io.xtcmk.samples;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The programs' settings: each is a system property or an environment variable of the same name. */
final class Settings {
    private Settings() {}

    static Optional<String> find(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static boolean isSet(String name) {
        return System.getProperty(name) != null || System.getenv(name) != null;
    }

    /**
     * Whether the programs run on Azure: one of the ids of tenants and subscriptions is set. Nobody who set one wants the
     * fake, so names that are misspelt, and ids that are missing, are errors.
     *
     * @param needed the sides that the program connects to
     */
    static boolean realAzure(Set<Side> needed) {
        Set<String> names = new LinkedHashSet<>(System.getenv().keySet());
        names.addAll(System.getProperties().stringPropertyNames());
        List<String> complaints = new ArrayList<>(SettingNames.complaints(names));
        boolean real = Arrays.stream(Side.values())
                .flatMap(side -> side.ids().stream())
                .anyMatch(Settings::isSet);
        if (real) {
            missing(needed)
                    .forEach(name -> complaints.add(name + (isSet(name) ? " is empty." : " is not set.")
                            + " To run on Azure, set it; to run on the"
                            + " fake, set no id of a tenant or subscription."));
        }
        if (!complaints.isEmpty()) {
            throw new SettingException(String.join(System.lineSeparator() + "  ", complaints));
        }
        return real;
    }

    /** Both ids of each side that is needed, or of which one is given. */
    private static List<String> missing(Set<Side> needed) {
        return Arrays.stream(Side.values())
                .filter(side -> needed.contains(side) || side.ids().stream().anyMatch(Settings::isSet))
                .flatMap(side -> side.ids().stream())
                .filter(name -> find(name).isEmpty())
                .toList();
    }

    static UUID id(String name) {
        String text = find(name).orElseThrow(() -> new SettingException(name + " is not set"));
        // UUID.fromString alone takes shorter groups of digits, too.
        if (!text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")) {
            throw new SettingException(name + " must be a GUID, but is \"" + text + "\"");
        }
        return UUID.fromString(text);
    }

    /** A company's short name; it is in the resources' names. */
    static String nameOf(Side side) {
        String name = find(side.nameSetting()).orElse(side.usualName());
        if (!name.matches("[a-z][a-z0-9]{1,9}")) {
            throw new SettingException(
                    side.nameSetting() + " must be 2 to 10 lower-case letters and digits, a letter first");
        }
        return name;
    }

    static String providerName() {
        return nameOf(Side.PROVIDER);
    }

    static String customerName() {
        return nameOf(Side.CUSTOMER);
    }

    static AzureEnvironment cloud() {
        String name = find(SettingNames.CLOUD).orElse("public").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "public" -> AzureEnvironment.AZURE;
            case "usgovernment" -> AzureEnvironment.AZURE_US_GOVERNMENT;
            case "china" -> AzureEnvironment.AZURE_CHINA;
            default ->
                throw new SettingException(
                        SettingNames.CLOUD + " must be public, usgovernment or china, but is \"" + name + "\"");
        };
    }

    static Region region() {
        return Region.fromName(find(SettingNames.REGION).orElseGet(Settings::usualRegion));
    }

    private static String usualRegion() {
        AzureEnvironment cloud = cloud();
        if (cloud == AzureEnvironment.AZURE_US_GOVERNMENT) {
            return "usgovvirginia";
        }
        return cloud == AzureEnvironment.AZURE_CHINA ? "chinanorth3" : "westeurope";
    }

    /** The folder of the programs' files. */
    static Path directory() {
        return Path.of(find(SettingNames.DIRECTORY).orElse("target"));
    }

    /** A setting is missing or wrong. */
    static final class SettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SettingException(String message) {
            super(message);
        }
    }
}
