package org.ehashpool.kit.postgres;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A service's tables.
 *
 * @param name the schema, like {@code pool_stats}; in the embedded PostgreSQL also the role
 * @param migrations where Flyway finds the migrations on the class path, like
 *     {@code org/ehashpool/pool/migrations}
 * @param generated the schema that the generated classes name; another one than {@code name} where several services have
 *     the same tables
 */
public record DatabaseSchema(String name, List<String> migrations, String generated) {

    /** Flyway's own table, one in each schema; the code generator leaves it out. */
    public static final String HISTORY_TABLE = "schema_history";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public DatabaseSchema {
        migrations = List.copyOf(migrations);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a schema is named like " + NAME + ", not '" + name + "'");
        }
    }

    public DatabaseSchema(String name, String migrations) {
        this(name, List.of(migrations), name);
    }

    /** Where the generated classes name the same schema. */
    public DatabaseSchema(String name, List<String> migrations) {
        this(name, migrations, name);
    }
}
