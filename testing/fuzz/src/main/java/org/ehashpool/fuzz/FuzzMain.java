package org.ehashpool.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./ehash fuzz}: fuzzes one target. A process fuzzes once; libFuzzer ends it, with status 0 if nothing was found.
 *
 * <p>System properties: {@code fuzz.kept}, the corpus in the repository, and {@code fuzz.work}, where new inputs and
 * findings go; below the directory in EHASH_ROOT, or the current one, unless told.
 */
public final class FuzzMain {
    private static final int USAGE_ERROR = 2;
    private static final int SLOWEST_INPUT_SECONDS = 20;
    private static final int LONGEST_INPUT = 16 << 10;

    private FuzzMain() {}

    /** Exit status: 0 nothing found, 77 a finding, 2 a command line that is not understood. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--list")) {
            for (FuzzTarget target : FuzzTarget.values()) {
                System.out.printf("%-22s %s%n", target.title(), target.description());
            }
            return;
        }
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            System.out.print(FuzzOptions.USAGE);
            return;
        }
        try {
            run(FuzzOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("fuzz: " + e.getMessage());
            System.err.print(FuzzOptions.USAGE);
            System.exit(USAGE_ERROR);
        }
    }

    private static void run(FuzzOptions options) throws IOException, InterruptedException {
        Path root = Path.of(System.getenv().getOrDefault("EHASH_ROOT", "")).toAbsolutePath();
        Path module = root.resolve("testing/fuzz");
        Path kept = Path.of(System.getProperty(
                "fuzz.kept", module.resolve("src/test/resources/corpus").toString()));
        Path work = Path.of(System.getProperty(
                        "fuzz.work", module.resolve("target/fuzz-work").toString()))
                .resolve(options.target().title());
        Path corpus = work.resolve("corpus");
        Corpus.prepare(options.target(), kept, corpus);
        Path own = Corpus.kept(kept, options.target());
        List<String> arguments = jazzer(options, work);
        if (options.keep()) {
            arguments.addAll(List.of("-merge=1", Files.createDirectories(own).toString(), corpus.toString()));
        } else {
            arguments.addAll(List.of(
                    "-print_final_stats=1", "-max_total_time=" + options.time().toSeconds()));
            options.executions().ifPresent(runs -> arguments.add("-runs=" + runs));
            arguments.add(corpus.toString());
            if (Files.isDirectory(own)) {
                arguments.add(own.toString());
            }
        }
        Jazzer.main(arguments.toArray(String[]::new));
    }

    private static List<String> jazzer(FuzzOptions options, Path work) {
        return new ArrayList<>(List.of(
                "--target_class=" + FuzzEntry.class.getName(),
                "--target_args=" + options.target().title(),
                "--instrumentation_includes=org.ehashpool.**",
                "--custom_hook_includes=org.ehashpool.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-timeout=" + SLOWEST_INPUT_SECONDS,
                "-max_len=" + LONGEST_INPUT,
                // The heap is the limit, and the JVM knows it.
                "-rss_limit_mb=0"));
    }
}
