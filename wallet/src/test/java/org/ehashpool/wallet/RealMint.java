package org.ehashpool.wallet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.service.ServiceIdentity;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.mint.api.InfoConfig;
import org.ehashpool.mint.api.PublicConfig;
import org.ehashpool.mint.api.PublicServer;
import org.ehashpool.mint.api.socket.SocketConfig;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.operate.Liabilities;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.StepWatch;
import org.ehashpool.wallet.mint.MintUrl;

/** The mint of this project, on its own tables and a port of its own, and a pool that orders quotes there. */
final class RealMint {

    private static final byte[] SEED = HexFormat.of().parseHex("7e".repeat(64));

    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final Database database;
    private final Mint mint;
    private final PublicServer server;
    private final ServiceMetrics metrics = ServiceMetrics.create("mint", "test");
    private final int port;

    RealMint(InstantSource clock) throws Exception {
        database = TestServer.openEmpty(MintSchema.SCHEMA);
        mint = Mint.open(
                database,
                new SeedKeys(SEED),
                MintProfile.EHASH,
                new Mint.Surroundings(Limits.DEFAULT, 1024, 2, clock, System::nanoTime, random, StepWatch.NONE));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        HealthChecks health = new HealthChecks(vertx);
        StateReport report = new StateReport(JsonObject::new);
        HttpEndpoint unused = new HttpEndpoint(
                vertx,
                new HttpConfig(
                        HostPort.parse("127.0.0.1:0"),
                        ByteSize.parse("1MiB"),
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Optional.empty()),
                () -> true,
                health,
                report,
                metrics);
        server = new PublicServer(
                new PublicConfig(
                        HostPort.parse("127.0.0.1:" + port),
                        List.of("127.0.0.1"),
                        ByteSize.parse("4MiB"),
                        ByteSize.parse("16MiB"),
                        64,
                        64,
                        1_000,
                        1_000_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        new SocketConfig(
                                64, 100, 1000, 10_000, 100_000, ByteSize.parse("256KiB"), Duration.ofMillis(200))),
                new InfoConfig(
                        "A mint",
                        "for tests",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Map.of()),
                MintProfile.EHASH,
                () -> mint,
                new ServiceContext(
                        new ServiceIdentity("mint", "test", "00", "1.2.3"),
                        vertx,
                        clock,
                        System::nanoTime,
                        random,
                        unused,
                        health,
                        report,
                        metrics,
                        StatsSink.NONE,
                        failure -> {
                            throw new AssertionError(failure);
                        }));
        result(server.start());
    }

    MintUrl url() {
        return new MintUrl("http://127.0.0.1:" + port);
    }

    PublicKey publicKey() {
        return mint.publicKey();
    }

    /** A share was accepted: its quote, paid. */
    String quote(PublicKey key, Amount amount) throws Exception {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        OrderAnswer answer = result(mint.createPaidQuotes(
                        List.of(new QuoteOrder(HexFormat.of().formatHex(hash), 1, amount, "hash", key, Instant.now()))))
                .getFirst();
        if (answer instanceof OrderAnswer.Quoted quoted) {
            return quoted.quote().id().toString();
        }
        throw new AssertionError("no quote: " + answer);
    }

    void rotate(long inputFeePpk) throws Exception {
        result(mint.operate(operator -> operator.rotate("hash", inputFeePpk, OptionalLong.empty())));
    }

    /** What is signed and not spent. */
    BigInteger circulating() throws Exception {
        Liabilities liabilities = result(mint.operate(Operator::liabilities));
        return liabilities.units().stream()
                .map(unit -> unit.sums().circulating())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        result(server.stop());
        mint.close();
        database.close();
        result(vertx.close());
        metrics.close();
    }
}
