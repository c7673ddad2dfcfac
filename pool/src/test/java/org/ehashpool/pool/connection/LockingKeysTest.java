package org.ehashpool.pool.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockingKeysTest {
    private static final String HEX = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    private final LockingKeys keys = new LockingKeys();

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".rig", ".rig.1"})
    void shouldFindTheKeyInAnIdentity(String worker) {
        assertThat(LockingKeys.inIdentity(Text.of(HEX + worker))).contains(Bytes.fromHex(HEX));
        assertThat(LockingKeys.inIdentity(Text.of(HEX.toUpperCase(Locale.ROOT) + worker)))
                .contains(Bytes.fromHex(HEX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "alice." + HEX, HEX + "00", HEX + "/rig", "x" + HEX, "sri/solo/" + HEX})
    void shouldFindNoKeyInOtherIdentities(String identity) {
        assertThat(LockingKeys.inIdentity(Text.of(identity))).isEmpty();
        assertThat(LockingKeys.inIdentity(Text.of(HEX.substring(1)))).isEmpty();
        assertThat(LockingKeys.inIdentity(Text.of(HEX.replace('7', 'g')))).isEmpty();
    }

    @Test
    void shouldKnowPointsOfTheCurveTheFirstTimeAndAgain() {
        for (int i = 0; i < 2; i++) {
            assertThat(keys.isPoint(Bytes.fromHex(HEX))).isTrue();
            assertThat(keys.isPoint(Bytes.fromHex("03" + HEX.substring(2)))).isTrue();
            assertThat(keys.isPoint(Bytes.fromHex("04" + HEX.substring(2)))).isFalse();
            assertThat(keys.isPoint(Bytes.fromHex("02" + "00".repeat(31) + "05")))
                    .isFalse();
            assertThat(keys.isPoint(Bytes.fromHex("02" + "ff".repeat(32)))).isFalse();
            assertThat(keys.isPoint(Bytes.EMPTY)).isFalse();
            assertThat(keys.isPoint(Bytes.fromHex(HEX + "00"))).isFalse();
        }
    }
}
