package io.xtcmk.samples;

/** Names as people say them, for ids that are too long for a line. */
final class Names {
    private Names() {}

    /** The end of a resource id, without the words that a line says anyway. */
    static String brief(String resource) {
        String plain = resource.replace("service principal of application ", "of application ")
                .replaceFirst("^application ", "")
                .replace("/federatedIdentityCredentials/", "/")
                .replaceFirst("^https://([^./]+)[^/]*/keys/", "$1/")
                .replace("Key Vault Crypto Service Encryption User on ", "on ");
        int id = plain.indexOf("/subscriptions/");
        return id < 0 ? plain : plain.substring(0, id) + shortId(plain.substring(id));
    }

    /** The name; of a key or protector with its vault's or server's. */
    private static String shortId(String id) {
        String[] segments = id.split("/", -1);
        String name = segments[segments.length - 1];
        boolean child = id.contains("/providers/") && segments.length > 9;
        return child ? segments[segments.length - 3] + "/" + name : name;
    }
}
