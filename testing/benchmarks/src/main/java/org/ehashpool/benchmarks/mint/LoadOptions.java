package org.ehashpool.benchmarks.mint;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.ehashpool.cashu.amount.Amount;

/**
 * The command line.
 *
 * @param mint the mint's URL
 * @param unit in which
 * @param operations how many quotes are minted, and how many swaps made of what they gave
 * @param amount of each quote
 * @param concurrency requests under way at a time
 * @param disk a directory on the disk that the mint's database writes to: the limit is measured there
 */
record LoadOptions(URI mint, String unit, int operations, Amount amount, int concurrency, Path disk) {
    static final String USAGE = """
            usage: bench mint [--mint URL] [--unit UNIT] [--operations N] [--amount N] [--concurrency N] [--disk DIRECTORY]

              --mint URL        a mint whose bolt11 quotes are paid by themselves; default http://127.0.0.1:3338
              --unit UNIT       default sat
              --operations N    quotes to mint, and swaps to make of the proofs; default 5000
              --amount N        of a quote; default 64, one proof. 3 would be two, 7 three
              --concurrency N   requests under way at a time; default 64
              --disk DIRECTORY  where to measure what a durable write costs; default the working directory
            """;

    private static final int MOST = 1_000_000;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static LoadOptions parse(String... arguments) {
        URI mint = URI.create("http://127.0.0.1:3338");
        String unit = "sat";
        int operations = 5_000;
        Amount amount = Amount.of(64);
        int concurrency = 64;
        Path disk = Path.of("");
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--mint" -> mint = URI.create(value(option, rest));
                case "--unit" -> unit = value(option, rest);
                case "--operations" -> operations = number(option, rest);
                case "--amount" -> amount = Amount.parse(value(option, rest));
                case "--concurrency" -> concurrency = number(option, rest);
                case "--disk" -> disk = Path.of(value(option, rest));
                default -> throw new IllegalArgumentException("\"" + option + "\" is not understood");
            }
        }
        return new LoadOptions(mint, unit, operations, amount, concurrency, disk);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest) {
        int number = Integer.parseInt(value(option, rest));
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(option + " is 1 to " + MOST);
        }
        return number;
    }
}
