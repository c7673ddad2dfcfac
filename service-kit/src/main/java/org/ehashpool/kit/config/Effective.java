package org.ehashpool.kit.config;

import java.util.List;
import java.util.SequencedMap;

/** What a key came to, for printing: secrets are already redacted. */
sealed interface Effective {

    /** A scalar or a list of scalars, as TOML. */
    record Value(String toml, ConfigSource source) implements Effective {}

    /** An optional key that nothing gives. */
    record Unset() implements Effective {}

    record Table(SequencedMap<String, Effective> entries) implements Effective {}

    /** A list of tables. */
    record Tables(List<Table> tables, ConfigSource source) implements Effective {}
}
