package org.ehashpool.mint.operate;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.OperationTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StatusTable;
import org.jooq.DSLContext;

/** What a command's transaction works with. */
record CommandTables(DSLContext sql) {

    StatusTable status() {
        return new StatusTable(sql);
    }

    KeysetTable keysets() {
        return new KeysetTable(sql);
    }

    QuoteTable quotes() {
        return new QuoteTable(sql);
    }

    LedgerTable ledger() {
        return new LedgerTable(sql);
    }

    /** When the newest thing happened that the database knows of. */
    Optional<Instant> newest() {
        return Stream.of(quotes().newest(), new OperationTable(sql).newest())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
