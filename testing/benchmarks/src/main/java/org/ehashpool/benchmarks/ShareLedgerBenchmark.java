package org.ehashpool.benchmarks;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ehashpool.benchmarks.ledger.OpenLedger;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the pool does for a share's credit, durably: one commit of many, in an embedded PostgreSQL of its own. */
@Elapsed
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 2, timeUnit = TimeUnit.SECONDS)
@Fork(1)
public class ShareLedgerBenchmark {
    static final int BATCH = 4_096;

    private static final long FIRST_TIME = 1_700_000_000;
    private static final long SHARES_PER_SECOND = 40_000;

    /** How many keys the shares of a commit are paid to. */
    @Param({"1", "4096"})
    public int keys = 1;

    private final Random random = new Random(1);
    private final List<Bytes> lockingKeys = new ArrayList<>();
    private long commits;
    private List<ShareCredit> credits = List.of();
    private @Nullable Running running;

    /** All that has to be closed again. */
    private record Running(Path directory, OpenLedger ledger) {}

    /** Starts the database. */
    @Setup(Level.Trial)
    public void start() throws Exception {
        for (int i = 1; i <= keys; i++) {
            lockingKeys.add(
                    Bytes.of(SecretKey.parse("%064x".formatted(i)).publicKey().toBytes()));
        }
        Path directory = Files.createTempDirectory("share-ledger");
        PayTerms terms = new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(20)), 10_000, Duration.ofDays(30));
        running = new Running(directory, new OpenLedger(PostgresConfig.embeddedIn(directory), "benchmark", terms));
    }

    /** Makes the shares of the next commit. */
    @Setup(Level.Invocation)
    public void mine() {
        U256 previousHash = U256.of(1);
        long time = FIRST_TIME + commits++ * BATCH / SHARES_PER_SECOND;
        List<ShareCredit> made = new ArrayList<>(BATCH);
        byte[] hash = new byte[U256.LENGTH];
        for (int i = 0; i < BATCH; i++) {
            random.nextBytes(hash);
            made.add(new ShareCredit(
                    "boot",
                    1,
                    1,
                    i,
                    U256.fromLittleEndian(hash, 0),
                    previousHash,
                    time,
                    Target.DIFFICULTY_ONE,
                    Text.of("user"),
                    Optional.empty(),
                    Optional.of(lockingKeys.get(i % keys)),
                    true,
                    i));
        }
        credits = made;
    }

    private Running running() {
        return Objects.requireNonNull(running, "start() comes first");
    }

    /** A commit, by the share. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    @Limit("fileSync.write")
    @Goal(perSecond = 150_000, when = "keys=1")
    public List<Outcome> commit() throws Exception {
        return running().ledger().commit(credits);
    }

    /** Stops and removes the database. */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        Running stopped = running();
        stopped.ledger().close();
        try (Stream<Path> walk = Files.walk(stopped.directory())) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
