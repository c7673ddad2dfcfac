package org.ehashpool.benchmarks.shares;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The command line.
 *
 * @param payees who is paid, one run after the other
 * @param connections of the load
 * @param channels on each of them
 * @param window shares of a channel that are unanswered at most
 * @param fractions of what the pool does at most, in percent, at which latencies are measured
 * @param rates shares a second, measured besides
 * @param time of each measurement
 * @param warmUp before the first measurement
 * @param mint whether a mint is attached, and how its quotes are made
 */
record ShareLoadOptions(
        List<Payees> payees,
        int connections,
        int channels,
        int window,
        List<Integer> fractions,
        List<Integer> rates,
        Duration time,
        Duration warmUp,
        Mint mint) {
    static final String USAGE = """
            usage: ./ehash bench shares [--payees one,each,keyless] [--connections N] [--channels N] [--window N]
                                        [--fractions 10,50,100] [--rates N,…] [--seconds N] [--warm-up N]
                                        [--mint none|folding|single]

              --payees       who is paid: one key, a key for each channel, nobody; default all of them, one after the other
              --connections  of the load; default 16
              --channels     on each connection; default 4
              --window       shares of a channel that are unanswered at most; default 512
              --fractions    of what the pool did at most, in percent: latencies are measured there; default 10,50,100
              --rates        shares a second to measure at instead of those
              --seconds      of each measurement; default 15
              --warm-up      seconds before the first; default 20
              --mint         none: shares stay unquoted. folding: a mint makes quotes, of many shares when it is behind.
                             single: it makes a quote for each share; default none
            """;

    private static final int MOST = 1_000_000;

    /** Who is paid for the shares. */
    enum Payees {
        ONE,
        EACH,
        KEYLESS
    }

    /** Whether there is a mint. */
    enum Mint {
        NONE,
        FOLDING,
        SINGLE
    }

    /** Copies. */
    ShareLoadOptions {
        payees = List.copyOf(payees);
        fractions = List.copyOf(fractions);
        rates = List.copyOf(rates);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static ShareLoadOptions parse(String... arguments) {
        List<Payees> payees = List.of(Payees.values());
        int connections = 16;
        int channels = 4;
        int window = 512;
        List<Integer> fractions = List.of(10, 50, 100);
        List<Integer> rates = List.of();
        int seconds = 15;
        int warmUp = 20;
        Mint mint = Mint.NONE;
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--payees" -> payees = payees(value(option, rest));
                case "--connections" -> connections = number(option, value(option, rest));
                case "--channels" -> channels = number(option, value(option, rest));
                case "--window" -> window = number(option, value(option, rest));
                case "--fractions" -> fractions = numbers(option, value(option, rest));
                case "--rates" -> rates = numbers(option, value(option, rest));
                case "--seconds" -> seconds = number(option, value(option, rest));
                case "--warm-up" -> warmUp = number(option, value(option, rest));
                case "--mint" -> mint = named(Mint.class, value(option, rest));
                default -> throw new IllegalArgumentException("\"" + option + "\" is not understood");
            }
        }
        return new ShareLoadOptions(
                payees,
                connections,
                channels,
                window,
                fractions,
                rates,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmUp),
                mint);
    }

    private static List<Payees> payees(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> named(Payees.class, name))
                .toList();
    }

    private static <E extends Enum<E>> E named(Class<E> kind, String name) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is none of "
                        + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    private static List<Integer> numbers(String option, String values) {
        List<Integer> numbers = new ArrayList<>();
        for (String value : values.split(",", -1)) {
            numbers.add(number(option, value));
        }
        return numbers;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a number, not \"" + value + "\"", e);
        }
        throw new IllegalArgumentException(option + " is 1 to " + MOST);
    }
}
