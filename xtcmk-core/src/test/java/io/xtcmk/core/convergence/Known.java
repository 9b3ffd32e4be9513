package io.xtcmk.core.convergence;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.ReadValueCallback;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ProvenKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one process has written down for the next: ids. It is read from JSON each time, as another process would.
 *
 * @param maybeApp the result of phase 1
 * @param maybeKey the result of phase 2
 * @param maybeOtherKey another key's
 * @param maybeSuccessor another application that takes over, and its key
 * @param maybeVersion the key's version that was last seen in force
 * @param last the latest verb's result
 */
record Known(
        @Nullable FederatedApp maybeApp,
        @Nullable AuthorizedKey maybeKey,
        @Nullable AuthorizedKey maybeOtherKey,
        @Nullable Successor maybeSuccessor,
        @Nullable String maybeVersion,
        @Nullable Object last) {

    static final Known NOTHING = new Known(null, null, null, null, null, null);

    /** An application that is to take over from the first, and the key that it is to use. */
    record Successor(FederatedApp app, AuthorizedKey key) {}

    Successor successor() {
        return Objects.requireNonNull(maybeSuccessor);
    }

    Known withSuccessor(Successor successor) {
        return new Known(maybeApp, maybeKey, maybeOtherKey, successor, maybeVersion, last);
    }

    FederatedApp app() {
        return Objects.requireNonNull(maybeApp);
    }

    AuthorizedKey key() {
        return Objects.requireNonNull(maybeKey);
    }

    AuthorizedKey otherKey() {
        return Objects.requireNonNull(maybeOtherKey);
    }

    String version() {
        return Objects.requireNonNull(maybeVersion);
    }

    Known withApp(FederatedApp app) {
        return new Known(
                stored(app, FederatedApp::fromJson), maybeKey, maybeOtherKey, maybeSuccessor, maybeVersion, app);
    }

    Known withKey(AuthorizedKey key) {
        return new Known(
                maybeApp, stored(key, AuthorizedKey::fromJson), maybeOtherKey, maybeSuccessor, maybeVersion, key);
    }

    Known withOtherKey(AuthorizedKey key) {
        return new Known(maybeApp, maybeKey, stored(key, AuthorizedKey::fromJson), maybeSuccessor, maybeVersion, key);
    }

    /** When it was proven is not what a proof is about. */
    Known withProof(ProvenKey proof) {
        return with(new ProvenKey(proof.key(), proof.reference(), Instant.EPOCH));
    }

    Known with(Object result) {
        return new Known(maybeApp, maybeKey, maybeOtherKey, maybeSuccessor, maybeVersion, result);
    }

    Known withResource(EncryptedResource resource) {
        boolean first = resource.key().equals(maybeKey);
        return new Known(
                maybeApp,
                maybeKey,
                maybeOtherKey,
                maybeSuccessor,
                first ? resource.knownKeyInForce().orElseThrow().version() : maybeVersion,
                resource);
    }

    private static <T extends JsonSerializable<T>> T stored(T value, ReadValueCallback<JsonReader, T> type) {
        try (JsonReader reader = JsonProviders.createReader(value.toJsonString())) {
            return type.read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
