package org.ehashpool.cashu.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.MnemonicCode;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.keyset.KeysetId;
import org.junit.jupiter.api.Test;

class WalletSeedTest {
    private static final String WORDS =
            "half depart obvious quality work element tank gorilla view sugar picture humble";
    private static final KeysetId VERSION_1 = KeysetId.parse("009a1f293253e41e");
    private static final KeysetId VERSION_2 =
            KeysetId.parse("015ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf76a");
    private static final List<Vectors.Block> BLOCKS = Vectors.nuts("nut13");

    private static void check(KeysetId keyset, String version) {
        List<Vectors.Block> blocks = BLOCKS.stream()
                .filter(block -> block.section().startsWith(version))
                .toList();
        try (WalletSeed seed = WalletSeed.ofWords(WORDS, "")) {
            for (int counter = 0; counter < 5; counter++) {
                BlindedSecret derived = seed.derive(keyset, counter);
                assertThat(derived.secret()).isEqualTo(published(blocks, "secret_" + counter));
                String factor =
                        derived.blindingFactor().apply(bytes -> HexFormat.of().formatHex(bytes));
                assertThat(factor).isEqualTo(published(blocks, "r_" + counter));
            }
        }
    }

    private static String published(List<Vectors.Block> blocks, String name) {
        return blocks.stream()
                .map(block -> block.json().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .asText();
    }

    @Test
    void shouldDerivePublishedSecretsWhenKeysetIsOfVersion1() {
        check(VERSION_1, "Version 1: Secret");
    }

    @Test
    void shouldDerivePublishedSecretsWhenKeysetIsOfVersion2() {
        check(VERSION_2, "Version 2: Secret");
    }

    @Test
    void shouldDeriveQuoteKeysAtTheirPath() {
        byte[] bytes = MnemonicCode.toSeed(WORDS, "");
        String expected = DeterministicWallet.derivePrivateKey(
                        DeterministicWallet.generate(bytes), "m/129373'/20'/0'/0'/7")
                .getPublicKey()
                .toHex();
        try (WalletSeed seed = WalletSeed.ofWords(WORDS, "")) {
            assertThat(seed.quoteKey(7).publicKey()).hasToString(expected);
        }
    }

    @Test
    void shouldRefuseWordsWhenChecksumIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalletSeed.ofWords(WORDS.replace("humble", "half"), ""))
                .withMessageNotContaining("half");
    }

    @Test
    void shouldRefuseCounterWhenItIsOutOfRange() {
        try (WalletSeed seed = WalletSeed.ofWords("  " + WORDS.replace(" ", "  "), "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> seed.derive(VERSION_1, WalletSeed.VERSION_1_COUNTERS));
            assertThatIllegalArgumentException().isThrownBy(() -> seed.derive(VERSION_1, -1));
            assertThatIllegalArgumentException().isThrownBy(() -> seed.derive(VERSION_2, -1));
        }
    }

    @Test
    void shouldRefuseToDeriveWhenClosed() {
        WalletSeed seed = WalletSeed.ofWords(WORDS, "");
        seed.close();
        assertThatIllegalStateException().isThrownBy(() -> seed.derive(VERSION_2, 0));
        assertThatIllegalStateException().isThrownBy(() -> seed.quoteKey(0));
    }
}
