package io.xtcmk.core.azure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** This library's version, as Maven writes it into the jar. */
final class Version {
    static final String TEXT = read();

    private static final String FILE = "/META-INF/maven/io.xtcmk/xtcmk-core/pom.properties";

    private Version() {}

    private static String read() {
        try (InputStream stream = Version.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return properties.getProperty("version", "dev");
        } catch (IOException e) {
            return "dev";
        }
    }
}
