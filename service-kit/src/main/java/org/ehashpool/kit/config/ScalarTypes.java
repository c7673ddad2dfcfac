package org.ehashpool.kit.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;

/** The scalar types a configuration record may have. */
final class ScalarTypes {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(ns|us|ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s", "ms", "us", "ns");
    private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@]*@");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,19}");

    private static final Map<Class<?>, ScalarType<?>> TYPES = Map.ofEntries(
            Map.entry(String.class, text("a text", text -> text, null, Function.identity())),
            Map.entry(boolean.class, bool()),
            Map.entry(int.class, wholeNumber(Math::toIntExact)),
            Map.entry(long.class, wholeNumber(Function.<Long>identity())),
            Map.entry(double.class, number()),
            Map.entry(
                    Duration.class,
                    text(
                            "a duration such as \"500ms\", \"10s\" or \"1h\"",
                            ScalarTypes::duration,
                            Comparator.naturalOrder(),
                            ScalarTypes::format)),
            Map.entry(
                    ByteSize.class,
                    text(
                            "a size such as \"512B\", \"64KiB\" or \"1MiB\"",
                            ByteSize::parse,
                            Comparator.naturalOrder(),
                            ByteSize::toString)),
            Map.entry(Path.class, text("a path", ScalarTypes::path, null, Path::toString)),
            Map.entry(
                    URI.class,
                    text(
                            "an absolute URI such as \"https://mint.example\"",
                            ScalarTypes::uri,
                            null,
                            uri -> maskUserInformation(uri.toString()))),
            Map.entry(
                    HostPort.class,
                    text(
                            "a host and port such as \"127.0.0.1:9108\" or \"[::1]:9108\"",
                            HostPort::parse,
                            null,
                            HostPort::toString)));

    private ScalarTypes() {}

    /** Empty for a type that is no scalar. Boxed types are for type arguments. */
    static Optional<ScalarType<?>> of(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(choice(type.getEnumConstants()));
        }
        return Optional.ofNullable(TYPES.get(unboxed(type)));
    }

    /** {@code scheme://user:password@host} without the part before the {@code @}. */
    static String maskUserInformation(String text) {
        return USER_INFORMATION.matcher(text).replaceAll("//" + Secret.REDACTED + "@");
    }

    static String quoted(String text) {
        return "\"" + Toml.tomlEscape(text) + "\"";
    }

    private static Class<?> unboxed(Class<?> type) {
        if (type == Boolean.class) {
            return boolean.class;
        }
        if (type == Integer.class) {
            return int.class;
        }
        if (type == Long.class) {
            return long.class;
        }
        return type == Double.class ? double.class : type;
    }

    private static <T> ScalarType<T> text(
            String expected, Function<String, T> parser, @Nullable Comparator<T> order, Function<T, String> format) {
        return new ScalarType<>(
                expected,
                (raw, untyped) -> {
                    if (raw instanceof String text) {
                        return parser.apply(text);
                    }
                    throw new IllegalArgumentException("not a text");
                },
                format.andThen(ScalarTypes::quoted),
                order);
    }

    private static ScalarType<Boolean> bool() {
        return new ScalarType<>(
                "true or false",
                (raw, untyped) -> {
                    if (raw instanceof Boolean value) {
                        return value;
                    }
                    if (untyped && ("true".equals(raw) || "false".equals(raw))) {
                        return "true".equals(raw);
                    }
                    throw new IllegalArgumentException("not a boolean");
                },
                Object::toString,
                null);
    }

    private static <T extends Number & Comparable<T>> ScalarType<T> wholeNumber(Function<Long, T> narrow) {
        return new ScalarType<T>(
                "a whole number",
                (raw, untyped) -> {
                    try {
                        if (raw instanceof Long value) {
                            return narrow.apply(value);
                        }
                        if (untyped
                                && raw instanceof String text
                                && WHOLE_NUMBER.matcher(text).matches()) {
                            return narrow.apply(Long.valueOf(text));
                        }
                    } catch (ArithmeticException e) {
                        throw new IllegalArgumentException("out of range", e);
                    }
                    throw new IllegalArgumentException("not a whole number");
                },
                Object::toString,
                Comparator.<T>naturalOrder());
    }

    private static ScalarType<Double> number() {
        return new ScalarType<Double>(
                "a number",
                (raw, untyped) -> {
                    double value;
                    if (raw instanceof Number number) {
                        value = number.doubleValue();
                    } else if (untyped && raw instanceof String text && text.length() <= 32) {
                        value = Double.parseDouble(text);
                    } else {
                        throw new IllegalArgumentException("not a number");
                    }
                    if (!Double.isFinite(value)) {
                        throw new IllegalArgumentException("not finite");
                    }
                    return value;
                },
                // Double.toString may answer 1.0E10, which TOML reads as well; BigDecimal keeps small ones readable.
                value -> new BigDecimal(value.toString()).toPlainString(),
                Comparator.<Double>naturalOrder());
    }

    private static ScalarType<Object> choice(Object[] constants) {
        Map<String, Object> byName = Arrays.stream(constants)
                .collect(Collectors.toMap(
                        ScalarTypes::kebab, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        String expected = byName.keySet().stream()
                .map(ScalarTypes::quoted)
                .collect(Collectors.joining(", ", byName.size() == 1 ? "" : "one of ", ""));
        return new ScalarType<>(
                expected,
                (raw, untyped) -> {
                    @Nullable Object constant = raw instanceof String text ? byName.get(text.replace('_', '-')) : null;
                    if (constant == null) {
                        throw new IllegalArgumentException("no such choice");
                    }
                    return constant;
                },
                value -> quoted(kebab(value)),
                null);
    }

    private static String kebab(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        ChronoUnit unit = UNITS.get(matcher.group(2));
        try {
            Duration duration = Duration.of(Long.parseLong(matcher.group(1)), Objects.requireNonNull(unit));
            // Nanoseconds in a long, 292 years, are what every timer of the platform can count.
            if (duration.toNanos() < 0) {
                throw new IllegalArgumentException("a duration is not negative");
            }
            return duration;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a duration of centuries", e);
        }
    }

    /** In the largest unit that loses nothing. */
    private static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        long nanos = duration.toNanos();
        for (String name : LARGEST_FIRST) {
            long unit = Objects.requireNonNull(UNITS.get(name)).getDuration().toNanos();
            if (nanos % unit == 0) {
                return nanos / unit + name;
            }
        }
        throw new AssertionError("every duration is a number of nanoseconds");
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return Path.of(text);
    }

    private static URI uri(String text) {
        URI uri = URI.create(text);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("not absolute");
        }
        return uri;
    }
}
