package org.ehashpool.benchmarks;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * A benchmark method with one value of its class's parameter: a row of the table.
 *
 * @param method with {@link Benchmark}
 * @param parameter {@code name=value}, or empty if the class has no parameter
 */
record Contender(Method method, String parameter) {
    private static final String SUFFIX = "Benchmark";

    /** The classes with benchmarks, in the order of the table. A new area is added here. */
    private static final List<Class<?>> AREAS = List.of(
            FrameBenchmark.class,
            JdkAeadBenchmark.class,
            HandshakeBenchmark.class,
            CurveBenchmark.class,
            CodecBenchmark.class,
            HandWrittenBenchmark.class,
            ShareBenchmark.class,
            JdkSha256Benchmark.class,
            EcashBenchmark.class,
            PointBenchmark.class,
            ShareLedgerBenchmark.class,
            FileSyncBenchmark.class,
            StatsEventBenchmark.class);

    /** All there are. */
    static List<Contender> all() {
        return AREAS.stream().flatMap(Contender::ofArea).toList();
    }

    private static Stream<Contender> ofArea(Class<?> area) {
        List<String> parameters = parameters(area);
        return Arrays.stream(area.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> parameters.stream().map(parameter -> new Contender(method, parameter)));
    }

    private static List<String> parameters(Class<?> area) {
        List<Field> fields = Arrays.stream(area.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Param.class))
                .toList();
        return switch (fields.size()) {
            case 0 -> List.of("");
            case 1 ->
                Arrays.stream(fields.getFirst().getAnnotation(Param.class).value())
                        .map(value -> fields.getFirst().getName() + "=" + value)
                        .toList();
            default -> throw new IllegalStateException("more than one parameter: " + area);
        };
    }

    /** For instance {@code jdkAead.encrypt}. */
    String name() {
        String area = method.getDeclaringClass().getSimpleName();
        String stem = area.substring(0, area.length() - SUFFIX.length());
        return Character.toLowerCase(stem.charAt(0)) + stem.substring(1) + "." + method.getName();
    }

    /** Name and parameter: what a pattern is matched with. */
    String title() {
        return parameter.isEmpty() ? name() : name() + " " + parameter;
    }

    /** The row that this one is held against: with the same parameter, if it has that value. */
    Optional<Contender> limit(List<Contender> among) {
        Limit limit = method.getAnnotation(Limit.class);
        return limit == null
                ? Optional.empty()
                : among.stream()
                        .filter(other -> other.name().equals(limit.value()))
                        .filter(other -> other.parameter.equals(parameter) || other.parameter.isEmpty())
                        .findFirst();
    }

    /** Whether the clock counts, not the processor's time. */
    boolean isElapsed() {
        return method.getDeclaringClass().isAnnotationPresent(Elapsed.class);
    }

    /** What is demanded of it, if anything. */
    Optional<Goal> goal() {
        return Optional.ofNullable(method.getAnnotation(Goal.class)).filter(goal -> applies(goal.when()));
    }

    /** What the reference implementation publishes for it; empty if nothing. */
    String published() {
        return Arrays.stream(method.getAnnotationsByType(Published.class))
                .filter(figure -> applies(figure.when()))
                .map(Published::value)
                .findFirst()
                .orElse("");
    }

    private boolean applies(String condition) {
        return condition.isEmpty() || condition.equals(parameter);
    }
}
