package io.xtcmk.core.errors;

import io.xtcmk.exception.CrossTenantCmkException.Actor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Azure's error codes mean in this scenario: one table for the exceptions, for diagnosis, and for the documentation.
 * Each service's part of it names its sources. The services whose resources are encrypted bring their parts along, by
 * {@link ErrorTable}.
 */
public final class ErrorCatalogue {

    /** Which of the exceptions a code becomes. */
    public enum Kind {
        /** The caller lacks a role. */
        PERMISSION,
        /** A service cannot use the customer's key. */
        KEY_ACCESS,
        /** Something is there but otherwise. */
        CONFLICT,
        /** A conditional access policy keeps the caller out. */
        CONDITIONAL_ACCESS,
        /** Anything else. */
        OTHER
    }

    /** What a code says of time: whether it is worth to wait or to look again. */
    public enum Nature {
        /** Nothing. */
        PLAIN,
        /** Another operation on the resource is under way, and will end. */
        BUSY,
        /** Somebody else has the name, and keeps it. */
        NAME_TAKEN,
        /** The service could not use the key, as it cannot while a new grant spreads. */
        FRESH_GRANT
    }

    /** Who must act. */
    public enum Who {
        /** The provider, wherever it happens. */
        PROVIDER,
        /** The customer, wherever it happens. */
        CUSTOMER,
        /** Whoever calls: the one of the two in whose tenant it happens. */
        CALLER,
        /** Nobody: it needs time. */
        WAIT;

        /** The one of the two. */
        public Actor in(boolean customersTenant) {
            return switch (this) {
                case PROVIDER -> Actor.PROVIDER;
                case CUSTOMER -> Actor.CUSTOMER;
                case CALLER -> customersTenant ? Actor.CUSTOMER : Actor.PROVIDER;
                case WAIT -> Actor.WAIT;
            };
        }
    }

    /**
     * A line of the table.
     *
     * @param code the code, as the service writes it
     * @param nature what it says of time
     * @param kind the exception it becomes
     * @param cause the likely cause
     * @param who who must act
     * @param fix how
     */
    public record Entry(String code, Nature nature, Kind kind, String cause, Who who, String fix) {
        /** The same with another nature. */
        public Entry as(Nature other) {
            return new Entry(code, other, kind, cause, who, fix);
        }
    }

    private static final Map<String, List<Entry>> SERVICES = tables();
    private static final Map<String, Entry> BY_CODE = SERVICES.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(e -> folded(e.code()), Function.identity()));

    private ErrorCatalogue() {}

    private static Map<String, List<Entry>> tables() {
        Map<String, List<Entry>> services = new LinkedHashMap<>();
        services.put("Microsoft Entra ID", EntraErrors.ALL);
        services.put("Azure Resource Manager", ResourceManagerErrors.ALL);
        services.put("Microsoft Graph", GraphErrors.ALL);
        services.put("Key Vault", KeyVaultErrors.ALL);
        ServiceLoader.load(ErrorTable.class, ErrorCatalogue.class.getClassLoader())
                .forEach(table -> services.put(table.title(), table.errors()));
        services.put("This library", OwnErrors.ALL);
        return Collections.unmodifiableMap(services);
    }

    /** A line whose code says nothing of time. */
    public static Entry entry(String code, Kind kind, String cause, Who who, String fix) {
        return new Entry(code, Nature.PLAIN, kind, cause, who, fix);
    }

    /** The whole table, by service. */
    public static Map<String, List<Entry>> services() {
        return SERVICES;
    }

    /** The line for a code. */
    public static Optional<Entry> find(String code) {
        return Optional.ofNullable(BY_CODE.get(folded(code)));
    }

    private static String folded(String code) {
        return code.toLowerCase(Locale.ROOT);
    }

    /** The line for a code, or one that says what the status tells. */
    public static Entry of(int status, String code) {
        return find(code).orElseGet(() -> byStatus(status, code));
    }

    private static Entry byStatus(int status, String code) {
        if (status == 401) {
            return entry(
                    code,
                    Kind.OTHER,
                    "The service does not accept the credential's token: no role would change that.",
                    Who.CALLER,
                    "Check the credential: its tenant, its cloud, and that it still exists.");
        }
        if (status == 403) {
            return entry(
                    code,
                    Kind.PERMISSION,
                    "The caller may not do this.",
                    Who.CALLER,
                    "Assign the role named below, and run again.");
        }
        if (status == 429) {
            return entry(
                    code, Kind.OTHER, "Azure throttles the caller.", Who.WAIT, "Run again later, with fewer at once.");
        }
        if (status == 409 || status == 412) {
            return entry(
                    code,
                    Kind.CONFLICT,
                    "Something of this name is there already, or is being changed.",
                    Who.CALLER,
                    "Look at the resource, and run again.");
        }
        if (status == 0 || status == 408 || status >= 500) {
            return entry(code, Kind.OTHER, "Azure did not answer, or stumbled.", Who.WAIT, "Run again later.");
        }
        return entry(code, Kind.OTHER, "Azure refused the request.", Who.CALLER, "See Azure's message.");
    }
}
