package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.ehashpool.benchmarks.BenchmarkOptions.Length;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkOptionsTest {
    @Test
    void shouldRunEverythingInFullWhenNothingIsAskedFor() {
        BenchmarkOptions options = BenchmarkOptions.parse();
        assertThat(options.length()).isEqualTo(Length.FULL);
        assertThat(options.list()).isFalse();
        assertThat(options.json()).isEmpty();
        assertThat(options.select(Contender.all())).isEqualTo(Contender.all());
    }

    @Test
    void shouldReadEveryOption() {
        BenchmarkOptions options = BenchmarkOptions.parse("--quick", "frame", "--json", "report.json", "--list");
        assertThat(options.length()).isEqualTo(Length.QUICK);
        assertThat(options.json()).contains(Path.of("report.json"));
        assertThat(options.list()).isTrue();
    }

    @Test
    void shouldRunTheLimitAsWellWhenOnlyTheBenchmarkIsAskedFor() {
        assertThat(titles("frame.encrypt size=64$"))
                .containsExactly("frame.encrypt size=64", "jdkAead.encrypt size=64");
        assertThat(titles("codec.decode .*SubmitSharesExtended"))
                .containsExactly(
                        "codec.decode message=Mining.SubmitSharesExtended",
                        "handWritten.decode message=Mining.SubmitSharesExtended");
    }

    @Test
    void shouldFindRowsByParameterAndInAnyCase() {
        assertThat(titles("settarget"))
                .containsExactly("codec.decode message=Mining.SetTarget", "codec.encode message=Mining.SetTarget");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--fast;\"--fast\" is not understood",
                "--json;--json wants a file",
                "frame(;\"frame(\" is no regular expression"
            })
    void shouldSayWhatIsWrongWhenCommandLineIsNotUnderstood(String argument, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchmarkOptions.parse(argument))
                .withMessageStartingWith(problem);
    }

    private static List<String> titles(String... arguments) {
        return BenchmarkOptions.parse(arguments).select(Contender.all()).stream()
                .map(Contender::title)
                .toList();
    }
}
