package org.ehashpool.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseComponent;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.pool.api.LedgerApi;
import org.ehashpool.pool.audit.AuditApi;
import org.ehashpool.pool.ledger.CreditsListener;
import org.ehashpool.pool.ledger.LedgerFigures;
import org.ehashpool.pool.ledger.LedgerSchema;
import org.ehashpool.pool.ledger.LedgerUpkeep;
import org.ehashpool.pool.ledger.PostgresShareLedger;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.pay.PayTerms;

/** The part of the pool that keeps what is owed: the database, this process's place in it, and the ledger. */
final class LedgerSide {
    private static final Duration UPKEEP_INTERVAL = Duration.ofSeconds(5);

    private final DatabaseComponent database;
    private final NodeLeases leases;
    private final PostgresShareLedger ledger;
    private final LedgerUpkeep upkeep;
    private volatile PayTerms terms;

    LedgerSide(PoolConfig config, ServiceContext context, CreditsListener listener) {
        terms = config.payTerms();
        PostgresConfig postgres =
                config.database().resolve(PoolService.NAME, System.getenv(), Path.of(System.getProperty("user.home")));
        database = new DatabaseComponent(
                () -> Database.open(
                        postgres, LedgerSchema.SCHEMA, context.metrics().registry(), context.random()),
                context.health());
        leases = new NodeLeases(
                database::database,
                LeaseSettings.of(config.extranonce().servers()),
                context.identity().bootId(),
                context.vertx(),
                context.nanoTime(),
                context::fail);
        ledger = new PostgresShareLedger(database::database, leases::lease, () -> terms, context.clock(), listener);
        upkeep = new LedgerUpkeep(
                ledger, database::database, leases::lease, () -> terms, UPKEEP_INTERVAL, context.vertx());
        context.health().register("node", leases::health);
        new AuditApi(context.vertx(), database::database)
                .mount(context.http().router(), context.http().bearerGuard());
        new LedgerApi(new LedgerFigures(database::database), leases, () -> terms)
                .mount(context.http().router(), context.http().bearerGuard());
    }

    /** In the order in which they start; before all others. */
    List<Component> components() {
        return List.of(database, leases, upkeep);
    }

    /** Open when the first component has started. */
    Database database() {
        return database.database();
    }

    ShareLedger ledger() {
        return ledger;
    }

    /** This process's; there when the second component has started. */
    NodeLease lease() {
        return leases.lease();
    }

    /** The server's part of extranonces. */
    int server() {
        return leases.lease().node();
    }

    /** Whether shares may be accepted. */
    boolean accepting() {
        return leases.isHeld();
    }

    /** Takes effect on shares that are recorded afterwards. */
    void reload(PoolConfig config) {
        terms = config.payTerms();
    }
}
