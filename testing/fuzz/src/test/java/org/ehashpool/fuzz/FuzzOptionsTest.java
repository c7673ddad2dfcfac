package org.ehashpool.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzOptionsTest {
    @Test
    void shouldFuzzForAMinuteWhenNotToldOtherwise() {
        assertThat(FuzzOptions.parse("mining"))
                .isEqualTo(new FuzzOptions(FuzzTarget.MINING, Duration.ofSeconds(60), OptionalLong.empty(), false));
    }

    @Test
    void shouldReadEveryOption() {
        assertThat(FuzzOptions.parse("--for", "5m", "url", "--runs", "100"))
                .isEqualTo(new FuzzOptions(FuzzTarget.URL, Duration.ofMinutes(5), OptionalLong.of(100), false));
        assertThat(FuzzOptions.parse("url", "--keep").keep()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';which target? one of all, frame-header",
                "minning;no target \"minning\"",
                "mining url;\"url\" is not understood",
                "mining --fast;\"--fast\" is not understood",
                "mining --for;--for wants a value",
                "mining --for 60;--for \"60\": 90s, 5m or 2h expected",
                "mining --runs 0;--runs \"0\": a positive number expected",
                "all --keep;--keep wants one target"
            })
    void shouldSayWhatIsWrongWhenCommandLineIsNotUnderstood(String line, String problem) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FuzzOptions.parse(arguments))
                .withMessageStartingWith(problem);
    }
}
