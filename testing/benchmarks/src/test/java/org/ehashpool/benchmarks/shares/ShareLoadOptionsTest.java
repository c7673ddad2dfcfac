package org.ehashpool.benchmarks.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Mint;
import org.ehashpool.benchmarks.shares.ShareLoadOptions.Payees;
import org.junit.jupiter.api.Test;

class ShareLoadOptionsTest {
    @Test
    void shouldMeasureAllPayeesWithoutAMintUnlessToldOtherwise() {
        ShareLoadOptions options = ShareLoadOptions.parse();

        assertThat(options.payees()).containsExactly(Payees.ONE, Payees.EACH, Payees.KEYLESS);
        assertThat(options.fractions()).containsExactly(10, 50, 100);
        assertThat(options.rates()).isEmpty();
        assertThat(options.mint()).isEqualTo(Mint.NONE);
    }

    @Test
    void shouldReadEveryOption() {
        assertThat(ShareLoadOptions.parse(
                        "--payees",
                        "each,one",
                        "--connections",
                        "3",
                        "--channels",
                        "5",
                        "--window",
                        "7",
                        "--fractions",
                        "20",
                        "--rates",
                        "1000,2000",
                        "--seconds",
                        "4",
                        "--warm-up",
                        "6",
                        "--mint",
                        "single"))
                .isEqualTo(new ShareLoadOptions(
                        List.of(Payees.EACH, Payees.ONE),
                        3,
                        5,
                        7,
                        List.of(20),
                        List.of(1_000, 2_000),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(6),
                        Mint.SINGLE));
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> ShareLoadOptions.parse("--payees", "all")).hasMessageContaining("\"all\"");
        assertThatThrownBy(() -> ShareLoadOptions.parse("--seconds", "0")).hasMessageContaining("--seconds");
        assertThatThrownBy(() -> ShareLoadOptions.parse("--seconds", "x")).hasMessageContaining("\"x\"");
        assertThatThrownBy(() -> ShareLoadOptions.parse("--mint")).hasMessageContaining("--mint wants a value");
        assertThatThrownBy(() -> ShareLoadOptions.parse("--speed", "1")).hasMessageContaining("--speed");
    }
}
