package org.ehashpool.benchmarks.shares;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ehashpool.benchmarks.Machine;
import org.ehashpool.benchmarks.mint.DurableWrites;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Mint;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Payees;

/**
 * {@code ./ehash bench shares}: how many shares a running pool takes with durable credit, what each costs pool, database and
 * load, and how long it takes until it is acknowledged. All of them on this machine, over encrypted loopback.
 */
public final class ShareLoadMain {
    private static final int USAGE_ERROR = 2;
    /** More than anything here can do: the window holds the load back. */
    private static final int AS_MANY_AS_CAN_BE = 400_000;

    private final ShareLoadOptions options;
    private final PrintStream out;
    private final PoolUnderLoad pool;
    private final ShareGenerator generator;
    private final Path directory;
    private final Payment payment;
    private boolean allAccepted = true;

    private ShareLoadMain(
            ShareLoadOptions options,
            PrintStream out,
            PoolUnderLoad pool,
            ShareGenerator generator,
            Path directory,
            Payment payment) {
        this.options = options;
        this.out = out;
        this.pool = pool;
        this.generator = generator;
        this.directory = directory;
        this.payment = payment;
    }

    /** Exit status: 0 when every share was accepted, 1 when not, 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(ShareLoadOptions.USAGE);
            return;
        }
        ShareLoadOptions options;
        try {
            options = ShareLoadOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench shares: " + e.getMessage());
            System.err.print(ShareLoadOptions.USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        Path directory = Files.createTempDirectory("share-load");
        boolean good;
        try {
            good = run(options, directory, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } finally {
            delete(directory);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(ShareLoadOptions options, Path directory, PrintStream out)
            throws IOException, InterruptedException {
        out.println(Machine.describe());
        out.printf(Locale.ROOT, "fdatasync of one page after the other: %,.0f/s%n", DurableWrites.perSecond(directory));
        Payment payment = Payment.of(options.connections() * options.channels());
        try (PoolUnderLoad pool = new PoolUnderLoad(directory, payment, options.mint())) {
            ShareGenerator generator = new ShareGenerator(pool.address(), options);
            ShareLoadMain load = new ShareLoadMain(options, out, pool, generator, directory, payment);
            load.measureAll();
            return load.allAccepted;
        }
    }

    private void measureAll() throws IOException, InterruptedException {
        out.printf(
                "%d connections with %d channels, a window of %d shares on each%n",
                options.connections(), options.channels(), options.window());
        out.println(Measurement.HEADER);
        if (!options.warmUp().isZero()) {
            measure(options.payees().getFirst(), "warm-up", AS_MANY_AS_CAN_BE, options.warmUp());
        }
        for (Payees payees : options.payees()) {
            if (!options.rates().isEmpty()) {
                for (int rate : options.rates()) {
                    measure(payees, "%,d".formatted(rate), rate, options.time());
                }
                continue;
            }
            double most = measure(payees, "most", AS_MANY_AS_CAN_BE, options.time());
            for (int fraction : options.fractions()) {
                measure(payees, fraction + " %", Math.max(1, (int) (most * fraction / 100)), options.time());
            }
        }
    }

    /** Returns how many were accepted a second. */
    private double measure(Payees payees, String wanted, int rate, Duration time)
            throws IOException, InterruptedException {
        Reading[] before = {pool.read()};
        JsonNode report = generator.run(payment.write(payees, directory), rate, time, () -> before[0] = pool.read());
        Measurement measured = new Measurement(before[0], pool.read(), report);
        out.println(measured.row(payees.name().toLowerCase(Locale.ROOT), wanted));
        allAccepted &= measured.isGood();
        if (options.mint() != Mint.NONE) {
            Reading end = pool.read();
            double seconds = pool.awaitQuotes();
            out.println(measured.quotesRow());
            if (end.backlog() > 0) {
                out.printf(
                        Locale.ROOT,
                        "    the %,.0f that waited were bound to orders after %.1f s: %,.0f shares/s%n",
                        end.backlog(),
                        seconds,
                        end.backlog() / seconds);
            }
        }
        return measured.perSecond();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
