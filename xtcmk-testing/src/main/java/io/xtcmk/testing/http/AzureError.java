package io.xtcmk.testing.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, thrown by a handler and turned into its service family's error body in one place
 * ({@link Service#render}).
 */
public final class AzureError extends RuntimeException {
    /** The header by which Resource Manager tells its own refusals from those of a provider. */
    public static final String FAILURE_CAUSE = "x-ms-failure-cause";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String innerCode;
    private final transient List<Map<String, Object>> details;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private AzureError(
            int status, String code, @Nullable String innerCode, String message, List<Map<String, Object>> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.innerCode = innerCode;
        this.details = details;
    }

    /** A refusal with the service's code and message. */
    public static AzureError of(int status, String code, String message) {
        return new AzureError(status, code, null, message, List.of());
    }

    /** A refusal with an inner code, as Key Vault's {@code innererror}. */
    public static AzureError of(int status, String code, String innerCode, String message) {
        return new AzureError(status, code, innerCode, message, List.of());
    }

    /** A refusal with details, as Graph's and ARM's {@code details}. */
    public static AzureError of(int status, String code, String message, List<Map<String, Object>> details) {
        return new AzureError(status, code, null, message, List.copyOf(details));
    }

    /** A refusal by Resource Manager itself, before it asks a provider. */
    public static AzureError ofGateway(int status, String code, String message) {
        return of(status, code, message).header(FAILURE_CAUSE, "gateway");
    }

    /** ARM's answer for a resource that is not there; {@code typeAndName} as in "Microsoft.Sql/servers/x". */
    public static AzureError resourceNotFound(String typeAndName, String group) {
        return ofGateway(
                404,
                "ResourceNotFound",
                "The Resource '" + typeAndName + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    /** The same refusal with a header on its answer. */
    public AzureError header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Optional<String> innerCode() {
        return Optional.ofNullable(innerCode);
    }

    public List<Map<String, Object>> details() {
        return details;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
