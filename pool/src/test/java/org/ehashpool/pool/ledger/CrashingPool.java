package org.ehashpool.pool.ledger;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.node.LeaseSettings;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;

/**
 * A process that records shares without end, and prints the hash of each share that it acknowledges and of each that it
 * has accepted. It dies where it is told to, or when it is killed.
 */
final class CrashingPool {
    private static final int PENDING = 2_000;

    private CrashingPool() {}

    /** Reads the login, the seed and after how many commits to die from its input, a line each. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            PostgresLogin login = new PostgresLogin(input.nextLine(), input.nextLine(), input.nextLine());
            Credits credits = new Credits(Long.parseLong(input.nextLine()));
            int fatal = Integer.parseInt(input.nextLine());
            Database database = TestServer.open(login);
            Vertx vertx = Vertx.vertx();
            NodeLeases leases = new NodeLeases(
                    () -> database,
                    LeaseSettings.of(new NodeRange(0, 99)),
                    input.nextLine(),
                    vertx,
                    System::nanoTime,
                    failure -> System.exit(3));
            LedgerNode.await(leases.start());
            PayTerms terms = new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(32)), 0, Duration.ofDays(30));
            int[] commits = new int[1];
            PostgresShareLedger ledger = new PostgresShareLedger(
                    () -> database, leases::lease, () -> terms, InstantSource.system(), (node, payable) -> {
                        if (++commits[0] == fatal) {
                            // As by kill -9, between the commit and the acknowledgement.
                            Runtime.getRuntime().halt(137);
                        }
                    });
            record(credits, ledger, vertx, out);
        }
    }

    private static void record(Credits credits, ShareLedger ledger, Vertx vertx, PrintStream out)
            throws InterruptedException {
        GroupCommit commit = new GroupCommit(
                ledger,
                new CommitSettings(Duration.ofMillis(1), 500, PENDING, Duration.ofMinutes(1)),
                (time, task) -> vertx.timer(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS)
                        .onSuccess(passed -> task.run()),
                System::nanoTime,
                CommitObserver.NONE);
        Semaphore room = new Semaphore(PENDING);
        ExecutorService loop = Executors.newSingleThreadExecutor();
        CommitLane lane = commit.lane(loop, (settled, outcomes) -> {
            for (int i = 0; i < settled.size(); i++) {
                out.println(line(outcomes.get(i), settled.get(i)));
            }
            room.release(settled.size());
        });
        while (true) {
            room.acquire(50);
            List<ShareCredit> shares = credits.next(50);
            loop.execute(() -> shares.forEach(share -> {
                out.println("accepted " + share.hash().toLittleEndian().toHex());
                lane.add(share);
            }));
        }
    }

    private static String line(Outcome outcome, ShareCredit credit) {
        return outcome + " " + credit.hash().toLittleEndian().toHex();
    }
}
