package org.ehashpool.wallet.store;

import java.util.function.Function;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.kit.postgres.Isolation;
import org.jooq.DSLContext;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The database with the wallet's tables.
 *
 * @param schema where they are; its migrations are {@link WalletSchema#MIGRATIONS}
 */
public record WalletStore(Database database, DatabaseSchema schema) {

    /** As {@link Database#transactBlocking}. */
    public <T extends @Nullable Object> T transact(Isolation isolation, Function<DSLContext, T> work) {
        return database.transactBlocking(
                isolation,
                sql -> work.apply(DSL.using(sql.configuration()
                        .deriveSettings(settings -> settings.withRenderMapping(new RenderMapping()
                                .withSchemata(new MappedSchema()
                                        .withInput(WalletSchema.STANDALONE.name())
                                        .withOutput(schema.name())))))));
    }
}
