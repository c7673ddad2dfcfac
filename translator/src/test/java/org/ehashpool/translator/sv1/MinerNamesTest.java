package org.ehashpool.translator.sv1;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.MinerIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinerNamesTest {
    private static final String GENERATOR = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final Secp256k1 CURVE =
            CurveSelection.select(new SecureRandom()).curve();

    private final MinerNames names = new MinerNames(CURVE::isXOnlyPublicKey);

    @Test
    void shouldReadAKeyAndAWorker() {
        assertThat(names.read(GENERATOR + ".rig.7"))
                .isEqualTo(new MinerNames.Reading.Known(new MinerIdentity(
                        GENERATOR + ".rig.7", GENERATOR, "rig.7", Optional.of(Bytes.fromHex(GENERATOR)))));
    }

    @Test
    void shouldReadAKeyOfEitherParityAndCase() {
        String odd = "03" + GENERATOR.substring(2).toUpperCase(Locale.ROOT);

        assertThat(names.read(odd))
                .isInstanceOfSatisfying(
                        MinerNames.Reading.Known.class,
                        known -> assertThat(known.identity().lockingKey()).contains(Bytes.fromHex(odd)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice", "alice.rig1", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq.1", "", ".", "x..y", "ü.1"})
    void shouldReadAnyOtherNameAsOneWithoutAKey(String name) {
        assertThat(names.read(name)).isInstanceOfSatisfying(MinerNames.Reading.Known.class, known -> {
            assertThat(known.identity().lockingKey()).isEmpty();
            assertThat(known.identity().username()).isEqualTo(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The x coordinate of no point; larger than the field; not compressed; no hexadecimal.
                "020000000000000000000000000000000000000000000000000000000000000005",
                "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179g",
            })
    void shouldRefuseWhatIsMeantToBeAKeyAndIsNone(String account) {
        String exact = account.substring(0, MinerNames.KEY_DIGITS);

        assertThat(names.read(exact + ".rig")).isInstanceOf(MinerNames.Reading.Refused.class);
    }

    @Test
    void shouldRefuseControlCharacters() {
        assertThat(names.read("a\u0000b")).isInstanceOf(MinerNames.Reading.Refused.class);
        assertThat(names.read("a\nb")).isInstanceOf(MinerNames.Reading.Refused.class);
    }
}
