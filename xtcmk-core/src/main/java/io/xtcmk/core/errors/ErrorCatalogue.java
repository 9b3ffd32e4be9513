package io.xtcmk.core.errors;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Azure's error codes mean in this scenario: one table for the exceptions, for diagnosis, and for the documentation.
 * Each service's part of it names its sources.
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
        /** Anything else. */
        OTHER
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
     * @param kind the exception it becomes
     * @param cause the likely cause
     * @param who who must act
     * @param fix how
     */
    public record Entry(String code, Kind kind, String cause, Who who, String fix) {}

    private static final Set<String> ONLY_THE_FAILURE_KNOWS =
            Set.of(AzureFailure.NO_CREDENTIAL, AzureFailure.WRONG_TENANT, AzureFailure.UNKNOWN_TENANT);

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
        services.put("Storage", StorageErrors.ALL);
        services.put("Azure SQL", SqlErrors.ALL);
        services.put("This library", OwnErrors.ALL);
        return Collections.unmodifiableMap(services);
    }

    static Entry entry(String code, Kind kind, String cause, Who who, String fix) {
        return new Entry(code, kind, cause, who, fix);
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

    /** The line for a failure. Why a credential cannot be used, and where it signs in, only the failure knows: the cause says it. */
    public static Entry of(AzureFailure failure) {
        Entry entry = of(failure.status(), failure.code());
        return ONLY_THE_FAILURE_KNOWS.contains(failure.code())
                ? entry(entry.code(), entry.kind(), entry.cause() + " " + failure.message(), entry.who(), entry.fix())
                : entry;
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
