package org.ehashpool.pool.ledger;

import org.ehashpool.kit.postgres.DatabaseSchema;

/** Where the pool's tables live. */
public final class LedgerSchema {
    private LedgerSchema() {}

    public static final DatabaseSchema SCHEMA = new DatabaseSchema("pool", "org/ehashpool/pool/migrations");
}
