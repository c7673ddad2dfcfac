package org.ehashpool.statistics.web;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures as people read them. Numbers are in English notation; amounts are never rounded. */
public final class Words {
    private static final List<String> RATES =
            List.of("H/s", "kH/s", "MH/s", "GH/s", "TH/s", "PH/s", "EH/s", "ZH/s", "YH/s");
    private static final DateTimeFormatter FULL = pattern("d MMM uuuu, HH:mm:ss 'UTC'");
    private static final DateTimeFormatter CLOCK = pattern("HH:mm");
    private static final DateTimeFormatter DAY = pattern("d MMM");

    private Words() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /**
     * A number with its unit.
     *
     * @param number with three or four significant digits
     */
    public record Measure(String number, String unit) {
        @Override
        public String toString() {
            return number + " " + unit;
        }
    }

    /** Hashes per second with the unit that leaves one to three digits before the point. */
    public static Measure hashrate(double hashesPerSecond) {
        double value = hashesPerSecond;
        int unit = 0;
        while (value >= 999.5 && unit < RATES.size() - 1) {
            value /= 1000;
            unit++;
        }
        return new Measure(digits(value), RATES.get(unit));
    }

    /** Three significant digits, or whole numbers from a hundred. */
    public static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        int places = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ENGLISH, "%,." + places + "f", value);
    }

    /** A network's difficulty, with the prefix that leaves one to three digits before the point. */
    public static String difficulty(double difficulty) {
        if (difficulty < 1) {
            return String.format(Locale.ENGLISH, "%.3g", difficulty);
        }
        Measure measure = hashrate(difficulty);
        return measure.number() + " " + measure.unit().replace("H/s", "");
    }

    /** With thousands separators. */
    public static String count(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    /** Exactly, with thousands separators. */
    public static String amount(BigInteger amount) {
        return String.format(Locale.ENGLISH, "%,d", amount);
    }

    /** A unit of amounts as shown: what is paid for hashes is ehash. */
    public static String unit(String unit) {
        return unit.equals("hash") ? "ehash" : unit;
    }

    /** What part is of the whole. */
    public static String percent(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        double percent = 100.0 * part / whole;
        return percent < 0.01 ? "< 0.01 %" : digits(percent) + " %";
    }

    /** What part is of the whole, where both may be beyond a long. */
    public static String share(BigInteger part, BigInteger whole) {
        if (part.signum() == 0 || whole.signum() == 0) {
            return "0 %";
        }
        double percent = 100 * part.doubleValue() / whole.doubleValue();
        return percent < 0.01 ? "< 0.01 %" : digits(percent) + " %";
    }

    /** Like {@code 3 d 4 h}, {@code 2 h 10 min}, {@code 12 s}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400
                ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
                : count(seconds / 86_400) + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** How long ago, in one unit. */
    public static String ago(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 172_800 ? seconds / 3600 + " h ago" : count(seconds / 86_400) + " d ago";
    }

    /** Date and time. */
    public static String time(Instant at) {
        return FULL.format(at);
    }

    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    static String day(Instant at) {
        return DAY.format(at);
    }

    /** What a peer is, as it said in its handshake. */
    public static String kind(String kind) {
        return switch (kind) {
            case "miner" -> "Miner";
            case "translator" -> "Translator";
            case "jd_client" -> "Job declarator client";
            case "mint" -> "Mint";
            case "mining" -> "Mining device";
            default -> kind;
        };
    }

    /** How many there are of each kind. */
    public static String kinds(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> count(entry.getValue()) + " "
                                + kind(entry.getKey()).toLowerCase(Locale.ROOT)
                                + (entry.getValue() == 1 ? "" : "s"))
                        .collect(Collectors.joining(", "));
    }

    /** Whether an amount needs more room than others. */
    public static boolean isLong(BigInteger amount) {
        return amount.bitLength() > 40;
    }

    /** Who has the ehash of a miner's shares. */
    public static String paid(@Nullable String paid) {
        return switch (paid) {
            case null -> "not told";
            case "wallet" -> "the translator's wallet";
            case "key" -> "the translator's key";
            case "nobody" -> "nobody";
            default -> "key " + shortened(paid);
        };
    }

    /** A code in kebab-case or snake_case as words. */
    public static String reason(@Nullable String code) {
        return code == null ? "" : code.replace('-', ' ').replace('_', ' ');
    }

    /** The ends of a long hash. */
    public static String shortened(String hash) {
        return hash.length() <= 20 ? hash : hash.substring(0, 8) + "…" + hash.substring(hash.length() - 8);
    }

    /** What moved ecash, as the wallet's API calls it. */
    public static String operation(String kind) {
        return switch (kind) {
            case "claim" -> "Claimed";
            case "send" -> "Sent";
            case "receive" -> "Received";
            case "reclaim" -> "Taken back";
            case "consolidate" -> "Consolidated";
            case "restore" -> "Found again";
            case "faucet" -> "Given by the faucet";
            default -> kind;
        };
    }
}
