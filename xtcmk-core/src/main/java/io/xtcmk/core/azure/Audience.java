package io.xtcmk.core.azure;

import com.azure.core.http.HttpRequest;
import io.xtcmk.core.engine.AzureFailure;
import java.net.URL;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * For whom a token is, and the hosts that may see it.
 *
 * @param scope what is asked of the token service
 * @param host a host, or the end of one
 * @param suffix whether it is the end of one
 */
record Audience(String scope, String host, boolean suffix) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+");

    static Audience host(String scope, String host) {
        return new Audience(scope, host, false);
    }

    static Audience suffix(String scope, String suffix) {
        return new Audience(scope, suffix, true);
    }

    /** Refuses a request to any other host. */
    void check(HttpRequest request) {
        URL url = request.getUrl();
        if (!admits(url)) {
            throw new AzureFailure(
                    400,
                    "UntrustedHost",
                    "a request for " + scope + " is not sent to " + url.getProtocol() + "://" + url.getHost(),
                    null,
                    null,
                    null);
        }
    }

    boolean admits(URL url) {
        return url.getProtocol().equals("https")
                && url.getUserInfo() == null
                && (url.getPort() == -1 || url.getPort() == 443)
                && admits(url.getHost().toLowerCase(Locale.ROOT));
    }

    private boolean admits(String name) {
        // A name with a character that no host has, such as a backslash, is read in two ways.
        return suffix ? HOST.matcher(name).matches() && name.endsWith(host) : name.equals(host);
    }
}
