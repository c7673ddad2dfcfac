package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final OptionalDouble NOT_MEASURED = OptionalDouble.empty();

    @Test
    void shouldPutResultBesideLimitTargetAndReference() {
        Map<Contender, Measured> results = new LinkedHashMap<>();
        results.put(contender("frame.roundTrip size=64"), new Measured(1_500, 30, OptionalDouble.of(0.01)));
        results.put(contender("jdkAead.roundTrip size=64"), new Measured(1_000, 0, OptionalDouble.of(4_192)));

        assertThat(row(results, 0))
                .containsExactly(
                        "frame.roundTrip",
                        "size=64",
                        "1.50 µs",
                        "2 %",
                        "666,667",
                        "0",
                        "1.00 µs",
                        "1.50×",
                        "≤ 2.50× met",
                        "5.2 µs");
        assertThat(row(results, 1))
                .containsExactly(
                        "jdkAead.roundTrip", "size=64", "1.00 µs", "0 %", "1,000,000", "4,192", "", "", "", "");
    }

    @Test
    void shouldSayMissedWhenTargetIsNotReached() {
        Map<Contender, Measured> results = new LinkedHashMap<>();
        results.put(contender("frame.roundTrip size=64"), new Measured(2_501, 0, NOT_MEASURED));
        results.put(contender("jdkAead.roundTrip size=64"), new Measured(1_000, 0, NOT_MEASURED));
        assertThat(row(results, 0)).contains("≤ 2.50× MISSED");
    }

    @Test
    void shouldHoldHandshakesAgainstTheirRateOnTheNativeCurveOnly() {
        Measured halfMillisecond = new Measured(500_000, 0, NOT_MEASURED);
        assertThat(row(Map.of(contender("handshake.responder curve=native"), halfMillisecond), 0))
                .contains("≥ 1,500/s met, wanted 5,000/s MISSED", "2,000", "500 µs", "178 µs");
        assertThat(row(Map.of(contender("handshake.responder curve=java"), halfMillisecond), 0))
                .noneMatch(cell -> cell.contains("1,500"));
    }

    @Test
    void shouldDemandNothingWhenLimitWasNotMeasured() {
        Contender submit = contender("codec.encode message=Mining.SubmitSharesExtended");
        assertThat(row(Map.of(submit, new Measured(50, 1, NOT_MEASURED)), 0))
                .containsExactly(
                        "codec.encode",
                        "message=Mining.SubmitSharesExtended",
                        "50.0 ns",
                        "2 %",
                        "20,000,000",
                        "",
                        "",
                        "",
                        "",
                        "");
    }

    @Test
    void shouldAlignColumns() {
        Map<Contender, Measured> results = new LinkedHashMap<>();
        results.put(contender("frame.encrypt size=64"), new Measured(1, 0, NOT_MEASURED));
        results.put(contender("frame.encrypt size=16384"), new Measured(123_456_789, 0, NOT_MEASURED));
        assertThat(new Table(results).print().lines().map(String::length).distinct())
                .hasSize(1);
    }

    private static Contender contender(String title) {
        return Contender.all().stream()
                .filter(contender -> contender.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(title));
    }

    private static List<String> row(Map<Contender, Measured> results, int index) {
        String line = new Table(results).print().lines().toList().get(2 + index);
        return List.of(line.substring(1).split("\\|")).stream()
                .map(String::strip)
                .toList();
    }
}
