package org.ehashpool.wallet.store;

import org.ehashpool.kit.postgres.DatabaseSchema;

/** Where the wallet's tables live: in a schema of whoever uses it. */
public final class WalletSchema {

    public static final String MIGRATIONS = "org/ehashpool/wallet/migrations";

    private WalletSchema() {}

    /** The stand-alone wallet's. */
    public static final DatabaseSchema STANDALONE = new DatabaseSchema("wallet", MIGRATIONS);
}
