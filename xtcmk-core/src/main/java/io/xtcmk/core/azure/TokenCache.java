package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.engine.WrongTenant;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.TenantId;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a connection, one a scope, each of the connection's tenant. azure-core's own cache reads the machine's
 * clock; this one reads the connection's. Whoever comes while a token is asked for waits for that one.
 */
final class TokenCache {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final TokenCredential credential;
    private final TenantId tenantId;
    private final TimeSource time;
    private final Failures failures;
    private final boolean isCaeEnabled;
    private final ConcurrentMap<String, CompletableFuture<AccessToken>> tokens = new ConcurrentHashMap<>();

    /**
     * A cache with nothing in it.
     *
     * @param credential is asked for tokens
     * @param tenantId of which tenant they must be
     * @param failures what the credential's exceptions mean; on its clock tokens end
     * @param isCaeEnabled whether who uses the tokens answers challenges for claims
     */
    TokenCache(TokenCredential credential, TenantId tenantId, Failures failures, boolean isCaeEnabled) {
        this.credential = PatientCredential.bare(credential);
        this.tenantId = tenantId;
        this.time = failures.time();
        this.failures = failures;
        this.isCaeEnabled = isCaeEnabled;
    }

    AccessToken token(String scope) {
        return get(scope, this::isFresh, context(scope));
    }

    /** A token with claims, in the place of the one that is known. */
    AccessToken withClaims(String scope, String claims) {
        return replacement(scope, known(scope).orElse(null), claims);
    }

    /** A token in the place of one that the service rejected for want of claims. */
    AccessToken replacement(String scope, @Nullable AccessToken rejected, String claims) {
        Optional<AccessToken> newer = known(scope).filter(token -> token != rejected && isFresh(token));
        if (newer.isPresent()) {
            return newer.get();
        }
        // Under a key of its own: a plain refresh that is on its way would lack the claims.
        String key = scope + ' ' + claims;
        AccessToken token = get(key, t -> t != rejected, context(scope).setClaims(claims));
        tokens.put(scope, CompletableFuture.completedFuture(token));
        tokens.remove(key);
        return token;
    }

    private AccessToken get(String key, Predicate<AccessToken> good, TokenRequestContext context) {
        while (true) {
            CompletableFuture<AccessToken> known = tokens.get(key);
            if (known != null && !isStale(known, good)) {
                Optional<AccessToken> token = await(known);
                if (token.isPresent()) {
                    return token.get();
                }
            } else {
                CompletableFuture<AccessToken> mine = new CompletableFuture<>();
                if (isMine(key, known, mine)) {
                    return ask(key, mine, context);
                }
            }
        }
    }

    private boolean isMine(
            String key, @Nullable CompletableFuture<AccessToken> known, CompletableFuture<AccessToken> mine) {
        return known == null ? tokens.putIfAbsent(key, mine) == null : tokens.replace(key, known, mine);
    }

    private AccessToken ask(String key, CompletableFuture<AccessToken> mine, TokenRequestContext context) {
        try {
            AccessToken token = usable(failures.token(() -> credential.getTokenSync(context)));
            mine.complete(token);
            return token;
        } catch (Throwable e) {
            // Whatever it is: who waits for this token must not wait for ever, and the next one asks anew.
            tokens.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** A credential is anybody's code: a token that is none must neither be sent nor remembered. */
    private AccessToken usable(@Nullable AccessToken token) {
        String text = token == null ? null : token.getToken();
        if (token == null || text == null || text.isBlank()) {
            throw noToken("the credential gave no token");
        }
        if (!Texts.isHeaderValue(text)) {
            throw noToken(
                    "the credential gave a token with a line break or another character that no header can carry");
        }
        Jwt.tenant(text).filter(actual -> !actual.equals(tenantId)).ifPresent(actual -> {
            throw new WrongTenant("The credential signs in", actual, tenantId);
        });
        return token;
    }

    private static AzureFailure noToken(String message) {
        return new AzureFailure(401, OwnCodes.NO_TOKEN, message, null, null, null);
    }

    /** Empty where the asking thread was told to stop: that is its affair, not ours. */
    private Optional<AccessToken> await(CompletableFuture<AccessToken> token) {
        try {
            return Optional.of(time.await(token));
        } catch (InterruptedException e) {
            throw new Retry.Interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AzureFailure failure) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private Optional<AccessToken> known(String scope) {
        return Optional.ofNullable(tokens.get(scope))
                .filter(token -> token.isDone() && !token.isCompletedExceptionally())
                .map(CompletableFuture::join);
    }

    private static boolean isStale(CompletableFuture<AccessToken> token, Predicate<AccessToken> good) {
        return token.isDone() && (token.isCompletedExceptionally() || !good.test(token.join()));
    }

    private boolean isFresh(AccessToken token) {
        OffsetDateTime end = token.getExpiresAt();
        return end != null && end.toInstant().isAfter(time.now().plus(MARGIN));
    }

    private TokenRequestContext context(String scope) {
        return new TokenRequestContext()
                .addScopes(scope)
                .setTenantId(tenantId.toString())
                .setCaeEnabled(isCaeEnabled);
    }
}
