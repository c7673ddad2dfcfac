package org.ehashpool.translator.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkTest {
    /** Version 1, one input, of no output, with a script of this length. */
    private static final String BEFORE_SCRIPT =
            "01000000" + "01" + "0000000000000000000000000000000000000000000000000000000000000000" + "ffffffff";

    private static Work work(Bytes coinbase1) {
        return new Work(U256.ZERO, coinbase1, Bytes.EMPTY, List.of(), 0, 0, 0, 0, Target.EASIEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 127, 128, 32_768, 912_346, Integer.MAX_VALUE})
    void shouldTellTheHeightThatTheCoinbaseBeginsWith(int height) {
        Bytes script = Bytes.concat(BlockHeight.push(height), Bytes.fromHex("0455aa55aa"));

        Bytes coinbase1 = Bytes.concat(Bytes.fromHex(BEFORE_SCRIPT), Bytes.of((byte) 20), script);

        assertThat(work(coinbase1).height()).hasValue(height);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                BEFORE_SCRIPT,
                BEFORE_SCRIPT + "14",
                BEFORE_SCRIPT + "14" + "03ffff",
                BEFORE_SCRIPT + "14" + "4c01"
            })
    void shouldTellNoHeightWhenTheCoinbaseBeginsWithNone(String coinbase1) {
        assertThat(work(Bytes.fromHex(coinbase1)).height()).isEmpty();
    }
}
