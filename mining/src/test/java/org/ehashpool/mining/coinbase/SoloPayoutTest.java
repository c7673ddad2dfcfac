package org.ehashpool.mining.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoloPayoutTest {
    private static final OutputScript MINER = new OutputScript(Bytes.fromHex("5120" + "cd".repeat(32)));
    private static final OutputScript POOL =
            new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6"));
    private static final OutputScript PARTNER =
            new OutputScript(Bytes.fromHex("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac"));

    private static List<TransactionOutput> split(int percent, PayoutOutputs pool, long value) {
        return new SoloPayout(MINER, percent).split(value, pool);
    }

    @Test
    void shouldPayTheMinerAll() {
        assertThat(SoloPayout.to(MINER).split(312_500_001L, PayoutOutputs.to(POOL)))
                .containsExactly(new TransactionOutput(312_500_001L, MINER.script()));
    }

    @ParameterizedTest
    @CsvSource({"5, 312500000, 15625000", "1, 199, 1", "1, 99, 0", "99, 199, 197", "33, 100, 33", "50, 1, 0"})
    void shouldRoundTheDonationDownAndPayTheMinerTheRest(int percent, long value, long donated) {
        assertThat(split(percent, PayoutOutputs.to(POOL), value))
                .containsExactly(
                        new TransactionOutput(donated, POOL.script()),
                        new TransactionOutput(value - donated, MINER.script()));
    }

    @Test
    void shouldShareTheDonationAmongThePoolsOutputsBeforeTheMiner() {
        PayoutOutputs pool =
                new PayoutOutputs(List.of(new PayoutOutputs.Part(POOL, 2), new PayoutOutputs.Part(PARTNER, 1)));

        assertThat(split(10, pool, 1_019))
                .containsExactly(
                        new TransactionOutput(68, POOL.script()),
                        new TransactionOutput(33, PARTNER.script()),
                        new TransactionOutput(918, MINER.script()));
    }

    @Test
    void shouldShareOutEverySatoshi() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            long value = i == 0 ? TransactionOutput.MAX_MONEY : random.nextLong(TransactionOutput.MAX_MONEY + 1);

            List<TransactionOutput> outputs = split(1 + i % 99, PayoutOutputs.to(POOL), value);

            assertThat(outputs.getFirst().value())
                    .isEqualTo(BigInteger.valueOf(value)
                            .multiply(BigInteger.valueOf(1 + i % 99))
                            .divide(BigInteger.valueOf(100))
                            .longValueExact());
            assertThat(outputs.stream().mapToLong(TransactionOutput::value).sum())
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, TransactionOutput.MAX_MONEY + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseImpossibleRewards(long value) {
        assertThatIllegalArgumentException().isThrownBy(() -> split(0, PayoutOutputs.to(POOL), value));
        assertThatIllegalArgumentException().isThrownBy(() -> split(5, PayoutOutputs.to(POOL), value));
    }

    @Test
    void shouldAskForTheRoomOfThePoolsOutputsAndTheLargestMiners() {
        CoinbaseOutputConstraints room = SoloPayout.constraints(
                new PayoutOutputs(List.of(new PayoutOutputs.Part(POOL, 1), new PayoutOutputs.Part(PARTNER, 1))));

        assertThat(room).isEqualTo(new CoinbaseOutputConstraints(31 + 34 + 43, 4 + 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoloPayout.constraints(
                        PayoutOutputs.to(new OutputScript(Bytes.fromHex("ac".repeat(9_003) + "ae".repeat(369))))));
    }

    /** Every kind of address there is fits; anything larger than the room asked for does not. */
    @Test
    void shouldRefuseScriptsThatTakeMoreRoomThanWasAskedFor() {
        for (String script : new String[] {"76a914%s88ac", "a914%s87", "0014%s"}) {
            SoloPayout.to(new OutputScript(Bytes.fromHex(script.formatted("ab".repeat(20)))));
        }
        SoloPayout.to(new OutputScript(Bytes.fromHex("0020" + "ab".repeat(32))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoloPayout.to(new OutputScript(Bytes.fromHex("5121" + "ab".repeat(33)))));
        assertThatIllegalArgumentException().isThrownBy(() -> SoloPayout.to(new OutputScript(Bytes.fromHex("acac"))));
    }

    @Test
    void shouldRefuseDonationsOfLessThanNothingAndOfAll() {
        for (int percent : new int[] {Integer.MIN_VALUE, -1, 100, 101}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SoloPayout(MINER, percent));
        }
    }
}
