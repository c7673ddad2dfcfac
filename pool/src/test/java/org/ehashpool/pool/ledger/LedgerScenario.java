package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.SHARE;

import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database without anything in it, and nodes on it. */
abstract class LedgerScenario {
    static final Vertx VERTX = Vertx.vertx();

    final List<LedgerNode> nodes = new ArrayList<>();
    Database database;
    PayTerms terms = new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(32)), 0, Duration.ofDays(30));

    @BeforeEach
    void open() throws Exception {
        database = TestServer.openEmpty();
    }

    @AfterEach
    void close() {
        nodes.forEach(LedgerNode::stop);
        database.close();
    }

    LedgerNode node(String bootId) {
        LedgerNode node = new LedgerNode(() -> database, bootId, () -> terms, VERTX);
        nodes.add(node);
        return node;
    }

    /** Ends a node's lease. */
    void stop(LedgerNode node) {
        node.stop();
        nodes.remove(node);
    }

    <T> T sql(Function<DSLContext, T> work) {
        return database.transactBlocking(Isolation.READ_COMMITTED, work);
    }

    int shares() {
        return sql(sql -> sql.fetchCount(SHARE));
    }

    BigInteger credited() {
        return sql(sql -> sql.fetchSingle("select coalesce(sum(amount), 0) from {0}", SHARE)
                .get(0, BigInteger.class));
    }

    BigInteger carried() {
        return sql(sql -> sql.fetchSingle("select coalesce(sum(carry), 0) from {0}", CARRY)
                .get(0, BigInteger.class));
    }
}
