package io.xtcmk;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Entra's rules for redirect URIs (learn.microsoft.com/entra/identity-platform/reply-url), as far as they can be told from the URI. */
final class RedirectUris {
    private RedirectUris() {}

    static URI check(@Nullable URI uri) {
        if (uri == null) {
            throw new InvalidInputException("redirectUri", "is null", "give an https URI");
        }
        boolean local = "http".equalsIgnoreCase(uri.getScheme()) && "localhost".equalsIgnoreCase(uri.getHost());
        boolean fit = ("https".equalsIgnoreCase(uri.getScheme()) || local)
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.toString().length() <= 256
                && !uri.toString().contains("*")
                && Texts.isOneLine(uri.toString());
        if (!fit) {
            throw new InvalidInputException(
                    "redirectUri",
                    "\"" + Texts.oneLine(uri.toString(), 256) + "\" cannot be an application's redirect URI",
                    "give an https URI (http for localhost) without fragment, user and wildcard, 256 characters at most");
        }
        return uri;
    }
}
