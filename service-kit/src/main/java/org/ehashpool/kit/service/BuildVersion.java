package org.ehashpool.kit.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** The version the build wrote beside this class. */
final class BuildVersion {
    private BuildVersion() {}

    static String read() {
        try (InputStream input = Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.properties"))) {
            Properties properties = new Properties();
            properties.load(input);
            return Objects.requireNonNull(properties.getProperty("version"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the version", e);
        }
    }
}
