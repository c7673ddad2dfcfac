package org.ehashpool.mint.store;

import org.ehashpool.kit.postgres.DatabaseSchema;

/** Where the mint's tables live. */
public final class MintSchema {
    private MintSchema() {}

    public static final DatabaseSchema SCHEMA = new DatabaseSchema("mint", "org/ehashpool/mint/migrations");
}
