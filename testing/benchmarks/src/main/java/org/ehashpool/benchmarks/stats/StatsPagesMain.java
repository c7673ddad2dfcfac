package org.ehashpool.benchmarks.stats;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.benchmarks.Machine;
import org.ehashpool.cli.process.ServiceProcess;

/**
 * {@code ./ehash bench stats-pages}: how large the tables are after so many days of so many miners, what retention leaves of
 * them, and how long each page and each answer of the API takes, alone and while many look.
 */
public final class StatsPagesMain {
    private static final int USAGE_ERROR = 2;
    private static final int TIMES = 20;
    private static final double GOAL_MILLIS = 200;
    /** A week, and some made ahead. */
    private static final int MOST_DAYS = 12;

    private static final String RETAINED = """
            select max(days) from (select count(*) as days from pg_inherits
                where inhparent in ('event'::regclass, 'sample'::regclass) group by inhparent) as partitions""";

    private static final String USAGE = """
            usage: ./ehash bench stats-pages [--miners N] [--days N] [--minute-days N] [--viewers N]
              --miners       each with a device of its own (5000)
              --days         of hours, rejections and quotes (90)
              --minute-days  of samples by the minute (8; retention keeps 7)
              --viewers      who have a page open that is kept current (200)
            """;

    private final Options options;
    private final StatsUnderLoad stats;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Options(int miners, int days, int minuteDays, int viewers) {
        static Options parse(String[] arguments) {
            Map<String, Integer> given =
                    new HashMap<>(Map.of("--miners", 5000, "--days", 90, "--minute-days", 8, "--viewers", 200));
            for (int i = 0; i < arguments.length; i += 2) {
                if (!given.containsKey(arguments[i]) || i + 1 == arguments.length) {
                    throw new IllegalArgumentException("what is " + arguments[i] + "?");
                }
                given.put(arguments[i], Integer.parseInt(arguments[i + 1]));
            }
            return new Options(
                    given.getOrDefault("--miners", 0),
                    given.getOrDefault("--days", 0),
                    given.getOrDefault("--minute-days", 0),
                    given.getOrDefault("--viewers", 0));
        }
    }

    private StatsPagesMain(Options options, StatsUnderLoad stats, PrintStream out) {
        this.options = options;
        this.stats = stats;
        this.out = out;
    }

    /** Exit status: 0 when no median is beyond the goal, 1 when one is, 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench stats-pages: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path directory = Files.createTempDirectory("stats-pages");
        boolean good;
        try (StatsUnderLoad stats = new StatsUnderLoad(directory)) {
            out.println(Machine.describe());
            good = new StatsPagesMain(options, stats, out).run();
        } finally {
            StatsLoadMain.delete(directory);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        stats.start();
        stats.stop();
        long began = System.nanoTime();
        new NinetyDays(stats.login(), options.miners(), options.days(), options.minuteDays(), out).fill();
        out.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - began) / 1e9);
        sizes("before retention");
        ServiceProcess service = stats.start();
        while (stats.number(RETAINED) > MOST_DAYS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        sizes("after retention");
        try (LiveSender pool = new LiveSender(stats.port(), options.miners())) {
            StatsLoadMain.pause(10);
            boolean good = time(service, "alone");
            if (options.viewers() > 0) {
                good &= watched(service);
            }
            pool.check();
            return good;
        }
    }

    private void sizes(String when) throws IOException {
        out.println(when + ", rows (estimated) and bytes with indexes:");
        for (String table : List.of(
                "sample",
                "sample_hour",
                "sample_day",
                "rejection",
                "quote_history",
                "session",
                "channel",
                "downstream")) {
            out.printf(Locale.ROOT, "  %-14s %s%n", table, stats.text("""
                            select to_char(sum(reltuples)::bigint, 'FM999,999,999,999') || ' rows, '
                                || pg_size_pretty(sum(pg_total_relation_size(oid))) || ', ' || count(*) || ' tables'
                            from pg_class where relkind = 'r' and (oid = '%1$s'::regclass
                                or oid in (select inhrelid from pg_inherits where inhparent = '%1$s'::regclass))
                            """.formatted(table)));
        }
    }

    private List<String> paths() {
        int device = options.miners() / 2;
        int miner = options.miners() + device;
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/?range=7d",
                "/?range=30d",
                "/connections",
                "/connections?sort=user&offset=2000",
                "/connections?q=device-4",
                "/connections/" + device,
                "/connections/" + device + "?range=7d",
                "/miners",
                "/miners?q=miner-12",
                "/miners/" + miner,
                "/miners/" + miner + "?range=30d",
                "/blocks",
                "/quotes",
                "/quotes?range=30d",
                "/mints",
                "/services"));
        for (String api : List.of(
                "overview",
                "services",
                "downstreams",
                "downstreams?sort=-accepted&limit=100",
                "downstreams/" + device + "?range=7d",
                "miners",
                "miners/" + miner + "?range=7d",
                "blocks",
                "quotes?range=7d",
                "quotes?range=30d",
                "mints",
                "hashrate?range=24h",
                "hashrate?range=7d",
                "hashrate?range=30d&subject=" + device)) {
            paths.add("/api/v1/" + api);
        }
        return paths;
    }

    private boolean time(ServiceProcess service, String when) throws IOException, InterruptedException {
        boolean good = true;
        StatsUnderLoad.Reading before = stats.read();
        out.printf(Locale.ROOT, "%-48s %9s %9s %9s %9s%n", "ms, " + when, "first", "median", "worst", "bytes");
        for (String path : paths()) {
            double first = millis(service, path).millis();
            double[] times = new double[TIMES];
            Answer answer = new Answer(0, 0);
            for (int i = 0; i < TIMES; i++) {
                answer = millis(service, path);
                times[i] = answer.millis();
            }
            Arrays.sort(times);
            double median = times[TIMES / 2];
            good &= median < GOAL_MILLIS;
            out.printf(
                    Locale.ROOT,
                    "%-48s %9.1f %9.1f %9.1f %9d%s%n",
                    path,
                    first,
                    median,
                    times[TIMES - 1],
                    answer.bytes(),
                    median < GOAL_MILLIS ? "" : "  SLOW");
        }
        StatsUnderLoad.Reading after = stats.read();
        double seconds = (after.at() - before.at()) / 1e9;
        out.printf(
                Locale.ROOT,
                "cores taken meanwhile: service %.2f, PostgreSQL %.2f; the service's memory %,d KiB%n",
                (after.serviceSeconds() - before.serviceSeconds()) / seconds,
                (after.postgresSeconds() - before.postgresSeconds()) / seconds,
                stats.memory());
        return good;
    }

    private record Answer(double millis, int bytes) {}

    private Answer millis(ServiceProcess service, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.http() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Accept", path.startsWith("/api") ? "application/json" : "text/html")
                .build();
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - began) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IOException(
                    path + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return new Answer(millis, answer.body().length);
    }

    /** Half of them look at the overview, the others each at a page of its own. */
    private boolean watched(ServiceProcess service) throws IOException, InterruptedException {
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < options.viewers(); i++) {
            pages.add(i % 2 == 0 ? "/live/" : i % 4 == 1 ? "/live/connections" : "/live/connections/" + (1 + i));
        }
        try (Viewers viewers = new Viewers(service.http(), pages)) {
            viewers.awaitAll();
            StatsLoadMain.pause(5);
            long messages = viewers.messages();
            long began = System.nanoTime();
            boolean good = time(service, "with " + options.viewers() + " viewers");
            double seconds = (System.nanoTime() - began) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "%d viewers, each told %.2f times a second, %d gone%n",
                    options.viewers(),
                    (viewers.messages() - messages) / seconds / options.viewers(),
                    viewers.gone());
            return good && viewers.gone() == 0;
        }
    }
}
