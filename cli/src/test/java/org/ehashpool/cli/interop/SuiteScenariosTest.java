package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.site.BitcoinNode;
import org.ehashpool.cli.interop.site.BitcoinNode.Mined;
import org.junit.jupiter.api.Test;

final class SuiteScenariosTest {
    /** With {@code ehash/interop} in it. */
    private static final String OURS = "510d65686173682f696e7465726f7000112233";

    @Test
    void shouldHaveEachTitleOnceWhenAllScenariosAreListed() {
        assertThat(InteropCommand.everything()).extracting(Scenario::title).doesNotHaveDuplicates();
    }

    @Test
    void shouldHalveTheSubsidyWhenRegtestDoes() {
        assertThat(BitcoinNode.subsidy(149)).isEqualTo(5_000_000_000L);
        assertThat(BitcoinNode.subsidy(150)).isEqualTo(2_500_000_000L);
        assertThat(BitcoinNode.subsidy(300)).isEqualTo(1_250_000_000L);
    }

    @Test
    void shouldBeContentWhenTheBlocksHoldWhatWaited() {
        assertThatCode(() -> SuiteScenarios.requireBlocks(
                        List.of(block(110, OURS, 5_000_020_000L, List.of("a", "b")), block(111, OURS, 5_000_000_000L)),
                        List.of("b", "a")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldFailWhenABlockIsNotOurs() {
        assertThatExceptionOfType(ScenarioFailure.class)
                .isThrownBy(() -> SuiteScenarios.requireBlocks(List.of(block(1, "51", 5_000_000_000L)), List.of()))
                .withMessageContaining("block 1 is not our pool's");
    }

    @Test
    void shouldFailWhenATransactionIsMissing() {
        assertThatExceptionOfType(ScenarioFailure.class)
                .isThrownBy(() -> SuiteScenarios.requireBlocks(
                        List.of(block(1, OURS, 5_000_020_000L, List.of("a"))), List.of("a", "b")))
                .withMessageContaining("demanded: [a, b]");
    }

    @Test
    void shouldFailWhenTheCoinbaseLeavesFeesBehind() {
        assertThatExceptionOfType(ScenarioFailure.class)
                .isThrownBy(() -> SuiteScenarios.requireBlocks(
                        List.of(block(1, OURS, 5_000_000_000L, List.of("a"))), List.of("a")))
                .withMessage("the coinbases claim 5000000000 satoshis, due: 5000010000");
    }

    @Test
    void shouldForgiveOnlyWhatIsToBeForgivenWhenSharesWereRefused() {
        Set<String> forgiven = Set.of("stale-share");

        assertThatCode(() -> SuiteScenarios.requireForgiven(Set.of("stale-share"), forgiven))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ScenarioFailure.class)
                .isThrownBy(() -> SuiteScenarios.requireForgiven(Set.of("stale-share", "duplicate-share"), forgiven))
                .withMessageContaining("duplicate-share");
    }

    private static Mined block(int height, String script, long value) {
        return block(height, script, value, List.of());
    }

    private static Mined block(int height, String script, long value, List<String> transactions) {
        return new Mined("00", height, script, value, transactions);
    }
}
