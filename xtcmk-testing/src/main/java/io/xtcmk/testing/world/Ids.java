package io.xtcmk.testing.world;

import java.util.SplittableRandom;
import java.util.UUID;

/** Ids that look random and are the same in every run: drawn from a seed, in the order of asking. */
public final class Ids {
    private final long seed;
    private SplittableRandom random;
    private long drawn;

    Ids(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** How many numbers were drawn so far. */
    public synchronized long drawn() {
        return drawn;
    }

    /** Goes on as after so many numbers. */
    public synchronized void resume(long after) {
        random = new SplittableRandom(seed);
        for (drawn = 0; drawn < after; drawn++) {
            random.nextLong();
        }
    }

    private long next() {
        drawn++;
        return random.nextLong();
    }

    /** A GUID of version 4. */
    public synchronized UUID uuid() {
        long high = (next() & ~0xF000L) | 0x4000L;
        long low = (next() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** 32 hex digits, as key versions are. */
    public String hex32() {
        return uuid().toString().replace("-", "");
    }

    /** A secret-looking string of 40 letters and digits. */
    public synchronized String secret() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_-.";
        StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < 40; i++) {
            text.append(alphabet.charAt((int) Long.remainderUnsigned(next(), alphabet.length())));
        }
        return text.toString();
    }
}
