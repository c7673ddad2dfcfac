package org.ehashpool.kit.config;

import java.nio.file.Path;

/** Where a value came from. */
public sealed interface ConfigSource {

    /** For people: {@code pool.toml:3:1}, {@code POOL__HTTP__LISTEN}, {@code default}. */
    String describe();

    /**
     * A place in the configuration file.
     *
     * @param line from 1
     * @param column from 1
     */
    record InFile(Path file, int line, int column) implements ConfigSource {
        @Override
        public String describe() {
            return file + ":" + line + ":" + column;
        }
    }

    /** The configuration file as a whole: for what is missing from it, and for what keeps it from being read. */
    record WholeFile(Path file) implements ConfigSource {
        @Override
        public String describe() {
            return file.toString();
        }
    }

    /** An environment variable. */
    record InEnvironment(String variable) implements ConfigSource {
        @Override
        public String describe() {
            return variable;
        }
    }

    /** No file and no variable: the service's own default, or nothing at all. */
    record ByDefault() implements ConfigSource {
        @Override
        public String describe() {
            return "default";
        }
    }
}
