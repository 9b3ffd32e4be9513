package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.TenantConnection;
import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a connection, one a scope. azure-core's own cache reads the machine's clock; this one reads the
 * connection's. Whoever comes while a token is asked for waits for that one.
 */
final class TokenCache {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final TenantConnection connection;
    private final TimeSource time;
    private final Failures failures;
    private final ConcurrentMap<String, CompletableFuture<AccessToken>> tokens = new ConcurrentHashMap<>();

    TokenCache(TenantConnection connection, Failures failures) {
        this.connection = connection;
        this.time = connection.timeSource();
        this.failures = failures;
    }

    AccessToken token(String scope) {
        return get(scope, this::isFresh, context(scope));
    }

    /** A token in the place of one that the service rejected for want of claims. */
    AccessToken replacement(String scope, AccessToken rejected, String claims) {
        Optional<AccessToken> newer = known(scope).filter(token -> token != rejected);
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
            AccessToken token = failures.token(() -> connection.credential().getTokenSync(context));
            mine.complete(token);
            return token;
        } catch (RuntimeException | Error e) {
            tokens.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
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
        return token.getExpiresAt().toInstant().isAfter(time.now().plus(MARGIN));
    }

    private TokenRequestContext context(String scope) {
        return new TokenRequestContext()
                .addScopes(scope)
                .setTenantId(connection.tenantId().toString())
                .setCaeEnabled(true);
    }
}
