package org.ehashpool.mining.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;

class PayoutOutputsTest {
    private static final OutputScript WITNESS =
            new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6"));
    private static final OutputScript LEGACY =
            new OutputScript(Bytes.fromHex("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac"));

    @Test
    void shouldGiveTheRemainderToTheFirst() {
        PayoutOutputs outputs = new PayoutOutputs(List.of(
                new PayoutOutputs.Part(WITNESS, 1),
                new PayoutOutputs.Part(LEGACY, 1),
                new PayoutOutputs.Part(WITNESS, 1)));

        assertThat(outputs.split(5)).extracting(TransactionOutput::value).containsExactly(3L, 1L, 1L);
    }

    @Test
    void shouldShareOutEverySatoshi() {
        Random random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            List<PayoutOutputs.Part> parts = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(20); j++) {
                parts.add(new PayoutOutputs.Part(LEGACY, 1 + (random.nextInt() & 0xffff_fffeL)));
            }
            long value = random.nextLong(TransactionOutput.MAX_MONEY + 1);

            List<TransactionOutput> outputs = new PayoutOutputs(parts).split(value);

            assertThat(outputs.stream().mapToLong(TransactionOutput::value).sum())
                    .isEqualTo(value);
            assertThat(outputs).hasSameSizeAs(parts);
        }
    }

    @Test
    void shouldAskForTheRoomThatTheOutputsTake() {
        var constraints = new PayoutOutputs(
                        List.of(new PayoutOutputs.Part(WITNESS, 1), new PayoutOutputs.Part(LEGACY, 2)))
                .constraints();

        assertThat(constraints.coinbaseOutputMaxAdditionalSize()).isEqualTo(31 + 34);
        assertThat(constraints.coinbaseOutputMaxAdditionalSigops()).isEqualTo(4);
    }

    @Test
    void shouldRefuseImpossibleConfigurations() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PayoutOutputs(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayoutOutputs.Part(WITNESS, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PayoutOutputs.Part(WITNESS, 1L << 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayoutOutputs(Collections.nCopies(2_000, new PayoutOutputs.Part(WITNESS, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayoutOutputs.to(WITNESS).split(TransactionOutput.MAX_MONEY + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayoutOutputs.to(WITNESS).split(-1));
    }
}
