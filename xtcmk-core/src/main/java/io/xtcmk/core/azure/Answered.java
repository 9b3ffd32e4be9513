package io.xtcmk.core.azure;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ApplicationObjectId;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.ServicePrincipalId;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values of answers as the library's own types. The types' constructors check what a caller gives; of an answer, what is
 * wrong is the answer's fault, and is said so.
 */
public final class Answered {
    private Answered() {}

    public static ResourceId resourceId(@Nullable String text) {
        return read("resource id", text, ResourceId::of);
    }

    /** A key, with a version or without. */
    public static KeyIdentifier key(@Nullable String url) {
        return read("URL of a key", url, KeyIdentifier::parse);
    }

    /** A key by its vault and its name. */
    public static KeyIdentifier key(@Nullable String vaultUrl, @Nullable String name) {
        return read("vault", vaultUrl, url -> read("name of a key", name, n -> KeyIdentifier.of(url, n)));
    }

    /** A version of a key that is known. */
    public static KeyIdentifier version(KeyIdentifier key, @Nullable String version) {
        return read("version of a key", version, key::withVersion);
    }

    /** A vault's URL, with a slash at its end. */
    public static String vaultUrl(String url) {
        return read("vault", url, text -> KeyIdentifier.of(text, "any").vaultUrl());
    }

    public static ClientId clientId(@Nullable String text) {
        return read("client id", text, ClientId::of);
    }

    public static ApplicationObjectId applicationObjectId(@Nullable String text) {
        return read("object id of an application", text, ApplicationObjectId::of);
    }

    public static ServicePrincipalId servicePrincipalId(@Nullable String text) {
        return read("object id of a service principal", text, ServicePrincipalId::of);
    }

    static boolean isResourceId(String text) {
        return isAccepted(() -> ResourceId.of(text));
    }

    static boolean isKey(String url) {
        return isAccepted(() -> KeyIdentifier.parse(url));
    }

    static boolean isVault(String url) {
        return isAccepted(() -> KeyIdentifier.of(url, "any"));
    }

    private static boolean isAccepted(Supplier<?> value) {
        try {
            return value.get() != null;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static <T> T read(String what, @Nullable String text, Function<String, T> type) {
        if (text == null) {
            throw invalid(what);
        }
        try {
            return type.apply(text);
        } catch (InvalidInputException e) {
            throw invalid(what);
        }
    }

    private static AzureFailure invalid(String what) {
        return new AzureFailure(
                200, OwnCodes.INVALID_ANSWER, "the answer has no " + what + " where it should", null, null, null);
    }
}
