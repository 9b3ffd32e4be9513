package io.xtcmk.model;

import io.xtcmk.exception.InvalidInputException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of key to make. Only RSA keys can be customer-managed keys of storage and SQL; SQL takes no 4096 bits.
 *
 * @param bits 2048, 3072 or 4096
 * @param hsm whether the key is protected by a hardware security module, which needs a premium vault
 */
public record KeySpec(int bits, boolean hsm) {
    private static final List<Integer> SIZES = List.of(2048, 3072, 4096);
    private static final Pattern TEXT = Pattern.compile("RSA(-HSM)? (\\d{4})");

    /**
     * A kind of key.
     *
     * @throws InvalidInputException if the size is none of the three
     */
    public KeySpec {
        if (!SIZES.contains(bits)) {
            throw new InvalidInputException("bits", "is " + bits, "use 2048, 3072 or 4096");
        }
    }

    /**
     * An RSA key protected by software.
     *
     * @param bits 2048, 3072 or 4096
     * @return the kind
     */
    public static KeySpec rsa(int bits) {
        return new KeySpec(bits, false);
    }

    /**
     * An RSA key protected by a hardware security module.
     *
     * @param bits 2048, 3072 or 4096
     * @return the kind
     */
    public static KeySpec rsaHsm(int bits) {
        return new KeySpec(bits, true);
    }

    /** Reads what {@link #toString} writes. */
    static KeySpec parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "spec",
                    "\"" + Checks.shown(text) + "\" is no kind of key",
                    "write RSA or RSA-HSM, a blank and the size");
        }
        return new KeySpec(Integer.parseInt(matcher.group(2)), matcher.group(1) != null);
    }

    /**
     * The key type as Key Vault names it.
     *
     * @return {@code RSA} or {@code RSA-HSM}
     */
    public String keyType() {
        return hsm ? "RSA-HSM" : "RSA";
    }

    @Override
    public String toString() {
        return keyType() + " " + bits;
    }
}
