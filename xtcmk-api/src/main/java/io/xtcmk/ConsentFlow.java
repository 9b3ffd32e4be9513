package io.xtcmk;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.exception.ConsentRefusedException;
import io.xtcmk.exception.ConsentRefusedException.Reason;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consent by browser: makes the URL that a customer's administrator opens to install the application, and reads what
 * comes back. The {@code state} in the URL is random, works once, and expires, so a forged return is recognized.
 *
 * <p>A return proves that somebody who received this URL came back. It does not prove which tenant consented: anyone can set
 * Entra's {@code tenant} parameter, so this class never takes it as proof
 * (learn.microsoft.com/entra/identity-platform/v2-admin-consent). Authorizing the key shows whether the application is
 * installed, and so does a token of the application from that tenant.
 *
 * <p>Thread-safe. Sends nothing.
 */
public final class ConsentFlow {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** How much of a text of the browser's, which is a stranger's, goes into a message. */
    private static final int SHOWN = 500;

    private final ClientId clientId;
    private final URI redirectUri;
    private final AzureEnvironment environment;
    private final Duration validity;
    private final ConsentStateStore store;
    private final TimeSource timeSource;

    private ConsentFlow(Builder builder) {
        this.clientId = builder.clientId;
        this.redirectUri = builder.redirectUri;
        this.environment = builder.environment;
        this.validity = builder.validity;
        this.store = builder.store == null ? new InMemoryStates(builder.timeSource) : builder.store;
        this.timeSource = builder.timeSource;
    }

    /**
     * The current URL: {@code /{tenant}/v2.0/adminconsent}, pinned to the customer's tenant. For an administrator.
     *
     * @param tenantId the customer's tenant
     * @param reference your own name for the customer; comes back with the consent
     * @return a new URL, with a state of its own
     * @throws InvalidInputException if an argument is null or blank
     */
    public URI adminConsentUrl(TenantId tenantId, String reference) {
        // Graph's .default asks for what the application has configured, which is nothing: the smallest consent screen.
        return url(tenantId, "/v2.0/adminconsent", Map.of("scope", graphScope()), reference);
    }

    /**
     * The older URL: {@code /{tenant}/oauth2/authorize}. It works for any user of the tenant who may consent: it signs the
     * user in and installs the application.
     *
     * @param tenantId the customer's tenant
     * @param reference your own name for the customer; comes back with the consent
     * @return a new URL, with a state of its own
     * @throws InvalidInputException if an argument is null or blank
     */
    public URI authorizeUrl(TenantId tenantId, String reference) {
        return url(tenantId, "/oauth2/authorize", Map.of("response_type", "code"), reference);
    }

    private URI url(TenantId tenantId, String path, Map<String, String> own, String reference) {
        if (tenantId == null) {
            throw new InvalidInputException("tenantId", "is null", "give the customer's tenant");
        }
        if (reference == null || reference.isBlank()) {
            throw new InvalidInputException(
                    "reference", reference == null ? "is null" : "is blank", "give your own name for the customer");
        }
        if (!Texts.isOneLine(reference)) {
            throw new InvalidInputException(
                    "reference", "cannot be printed", "leave out line breaks and other control characters");
        }
        String state = newState();
        store.put(
                state,
                new ConsentStateStore.Pending(
                        reference, tenantId, timeSource.now().plus(validity)));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId.toString());
        query.putAll(own);
        query.put("redirect_uri", redirectUri.toString());
        query.put("state", state);
        return URI.create(authority() + tenantId + path + "?" + encode(query));
    }

    private String authority() {
        String endpoint = environment.getActiveDirectoryEndpoint();
        return endpoint.endsWith("/") ? endpoint : endpoint + "/";
    }

    private String graphScope() {
        String endpoint = environment.getMicrosoftGraphEndpoint();
        return (endpoint.endsWith("/") ? endpoint : endpoint + "/") + ".default";
    }

    private static String newState() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads the URL with which the browser came back. It checks {@code error} first, because Entra sends
     * {@code admin_consent=True} with errors too, and then uses up the state.
     *
     * @param returned the whole URL of the request, query included
     * @return the consent
     * @throws ConsentRefusedException if the URL is not a consent; {@link ConsentRefusedException#reason} says why
     * @throws InvalidInputException if the URL is null or not the redirect URI
     */
    public Consent accept(URI returned) {
        if (returned == null) {
            throw new InvalidInputException("returned", "is null", "give the URL with which the browser came back");
        }
        if (!sameResource(returned)) {
            throw new InvalidInputException(
                    "returned",
                    "is not a URL of " + redirectUri,
                    "give the whole URL of the request to the redirect URI");
        }
        Map<String, String> query =
                decode(Optional.ofNullable(returned.getRawQuery()).orElse(""));
        String error = query.get("error");
        Optional<ConsentStateStore.Pending> pending =
                Optional.ofNullable(query.get("state")).flatMap(store::take);
        String reference = pending.map(ConsentStateStore.Pending::reference).orElse(null);
        if (error != null) {
            throw new ConsentRefusedException(
                    Reason.REFUSED,
                    "the consent was refused: " + Texts.oneLine(error, SHOWN) + ": "
                            + Texts.oneLine(query.getOrDefault("error_description", "no description"), SHOWN),
                    Texts.oneLine(error, SHOWN),
                    reference);
        }
        ConsentStateStore.Pending known = pending.orElseThrow(() -> new ConsentRefusedException(
                Reason.UNKNOWN_STATE, "the state is missing, unknown or was used before; make a new URL", null, null));
        if (!timeSource.now().isBefore(known.expiresAt())) {
            throw new ConsentRefusedException(
                    Reason.EXPIRED_STATE,
                    "the state expired at " + known.expiresAt() + "; make a new URL",
                    null,
                    reference);
        }
        checkOutcome(query, known);
        return new Consent(known.reference(), known.tenantId());
    }

    private static void checkOutcome(Map<String, String> query, ConsentStateStore.Pending known) {
        if (!saysConsent(query)) {
            throw new ConsentRefusedException(
                    Reason.MALFORMED, "the URL has neither an error nor a consent in it", null, known.reference());
        }
        String claimed = query.get("tenant");
        if (claimed != null && !claimed.equalsIgnoreCase(known.tenantId().toString())) {
            throw new ConsentRefusedException(
                    Reason.OTHER_TENANT,
                    "the URL was made for tenant " + known.tenantId() + ", but what came back names "
                            + Texts.oneLine(claimed, SHOWN),
                    null,
                    known.reference());
        }
    }

    /** {@code admin_consent} where it is there, which no {@code code} outweighs; otherwise {@link #authorizeUrl}'s code. */
    private static boolean saysConsent(Map<String, String> query) {
        String consent = query.get("admin_consent");
        return consent == null ? !query.getOrDefault("code", "").isEmpty() : "true".equalsIgnoreCase(consent);
    }

    private boolean sameResource(URI returned) {
        return redirectUri.getScheme().equalsIgnoreCase(returned.getScheme())
                && redirectUri.getHost().equalsIgnoreCase(returned.getHost())
                && port(redirectUri) == port(returned)
                && returned.getRawUserInfo() == null
                && path(redirectUri).equals(path(returned));
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String path(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return path.isEmpty() ? "/" : path;
    }

    private static String encode(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> text.append(text.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static Map<String, String> decode(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            // A name without a value counts: "?error&..." must not pass for a return without an error.
            String[] nameAndValue = pair.split("=", 2);
            String name = decoded(nameAndValue[0]);
            String value = nameAndValue.length == 2 ? decoded(nameAndValue[1]) : "";
            if (!pair.isEmpty() && values.putIfAbsent(name, value) != null) {
                throw new ConsentRefusedException(
                        Reason.MALFORMED,
                        "the URL has the parameter " + Texts.oneLine(name, SHOWN) + " twice",
                        null,
                        null);
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConsentRefusedException(Reason.MALFORMED, "the URL's encoding is broken", null, null);
        }
    }

    /**
     * A consent that came back with a good state.
     *
     * @param reference your own name for the customer, as given when the URL was made
     * @param tenantId the tenant for which the URL was made. That it was this tenant that consented is not proved by the
     *     browser's word
     */
    public record Consent(String reference, TenantId tenantId) {

        /**
         * A consent.
         *
         * @throws InvalidInputException if an argument is null
         */
        public Consent {
            if (reference == null) {
                throw new InvalidInputException("reference", "is null", "give your own name for the customer");
            }
            if (tenantId == null) {
                throw new InvalidInputException("tenantId", "is null", "give the customer's tenant");
            }
        }
    }

    /** Builds a {@link ConsentFlow}. */
    public static final class Builder {
        private static final Duration LONGEST_VALIDITY = Duration.ofDays(30);

        private final ClientId clientId;
        private final URI redirectUri;
        private AzureEnvironment environment = AzureEnvironment.AZURE;
        private Duration validity = Duration.ofHours(1);
        private @Nullable ConsentStateStore store;
        private TimeSource timeSource = TimeSource.system();

        Builder(@Nullable ClientId clientId, @Nullable URI redirectUri) {
            if (clientId == null) {
                throw new InvalidInputException("clientId", "is null", "give the application's client id");
            }
            this.clientId = clientId;
            this.redirectUri = RedirectUris.check(redirectUri);
        }

        /**
         * The customers' cloud. The public cloud by default.
         *
         * @param value the cloud
         * @return this builder
         */
        public Builder environment(AzureEnvironment value) {
            if (value == null) {
                throw new InvalidInputException("environment", "is null", "give a cloud");
            }
            this.environment = value;
            return this;
        }

        /**
         * For how long a URL can be used.
         *
         * @param value one hour by default; 30 days at most
         * @return this builder
         * @throws InvalidInputException if it is null, not positive or longer than that
         */
        public Builder validity(Duration value) {
            if (value == null || value.isNegative() || value.isZero() || value.compareTo(LONGEST_VALIDITY) > 0) {
                throw new InvalidInputException(
                        "validity", "is " + value, "give more than nothing and at most 30 days");
            }
            this.validity = value;
            return this;
        }

        /**
         * Where consents under way are remembered. By default in the memory of the flow that is built,
         * which serves one instance of a service that keeps its flow.
         *
         * @param value the store
         * @return this builder
         */
        public Builder stateStore(ConsentStateStore value) {
            if (value == null) {
                throw new InvalidInputException("stateStore", "is null", "give a store");
            }
            this.store = value;
            return this;
        }

        /**
         * The clock by which URLs expire. The machine's by default.
         *
         * @param value the time source
         * @return this builder
         */
        public Builder timeSource(TimeSource value) {
            if (value == null) {
                throw new InvalidInputException("timeSource", "is null", "give a time source");
            }
            this.timeSource = value;
            return this;
        }

        /**
         * Builds the flow.
         *
         * @return the flow
         */
        public ConsentFlow build() {
            return new ConsentFlow(this);
        }
    }

    /**
     * Consents under way, in this process. Most URLs may never come back, so each new one sweeps out old ones; not those
     * that ended lately, so that who comes late is told so.
     */
    private static final class InMemoryStates implements ConsentStateStore {
        private static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofDays(1);

        private final TimeSource timeSource;
        /** In the order of their making, which is that of their expiry. */
        private final Map<String, Pending> pending = new LinkedHashMap<>();

        InMemoryStates(TimeSource timeSource) {
            this.timeSource = timeSource;
        }

        @Override
        public synchronized void put(String state, Pending value) {
            Instant forgotten = timeSource.now().minus(REMEMBERED_AFTER_EXPIRY);
            Iterator<Pending> oldest = pending.values().iterator();
            while (oldest.hasNext() && !oldest.next().expiresAt().isAfter(forgotten)) {
                oldest.remove();
            }
            pending.put(state, value);
        }

        @Override
        public synchronized Optional<Pending> take(String state) {
            return Optional.ofNullable(pending.remove(state));
        }
    }
}
