package io.xtcmk.testing.golden;

/**
 * What an answer has otherwise than the example.
 *
 * @param path the property, {@code status}, or {@code header} and its name
 * @param what how they differ
 */
record Difference(String path, String what) {
    @Override
    public String toString() {
        return path + ": " + what;
    }
}
