package org.ehashpool.mining.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.acinq.bitcoin.Bitcoin;
import fr.acinq.bitcoin.Descriptor;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputScriptTest {
    /** The generator of the curve: the key of BIP 173's examples. */
    private static final String KEY = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    @ParameterizedTest
    @CsvSource({
        // BIP 173 and BIP 350 test vectors.
        "MAINNET, BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        "TESTNET3, tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7, 00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        "MAINNET, bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0, 512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "TESTNET4, tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c, 5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        // The genesis block's key, and a script hash from BIP 13's times.
        "MAINNET, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, 76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
        "MAINNET, 3P14159f73E4gFr7JterCCQh9QjiTjiZrG, a914e9c3dd0c07aac76179ebc76a6c78d4d67c6c160a87",
    })
    void shouldReadAddresses(Network network, String address, String script) {
        assertThat(OutputScript.parse(address, network)).hasToString(script);
        assertThat(OutputScript.parse("addr(" + address + ")", network)).hasToString(script);
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void shouldReadEveryKindOfAddressOfEveryNetwork(Network network) {
        Random random = new Random(21);
        for (String form : new String[] {"76a914%s88ac", "a914%s87", "0014%s"}) {
            assertRoundTrip(network, form.formatted(hex(random, 20)));
        }
        for (String form : new String[] {"0020%s", "5120%s"}) {
            assertRoundTrip(network, form.formatted(hex(random, 32)));
        }
    }

    private static String hex(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void assertRoundTrip(Network network, String script) {
        String address = Bitcoin.addressFromPublicKeyScript(
                        network.chainHash(), HexFormat.of().parseHex(script))
                .getRight();

        assertThat(OutputScript.parse(Objects.requireNonNull(address), network)).hasToString(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 ",
                "addr(bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4)",
                "raw(0014751e76e8199196d454941c45d1b3a323f1433bd6)",
                "wpkh(" + KEY + ")",
                "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
                // Mixed case, and characters that become k and s in lower case.
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3t4",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7\u212aV8F3T4",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t\u0664",
                "\u0661A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\u0000",
                // BIP 350's vectors of witness programs that anyone may spend: versions 1, 2 and 16 with odd lengths.
                "BC1SW50QGDZ25J",
                "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                // BIP 350's vector of a version 0 program of the wrong length.
                "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
            })
    void shouldReadNothingButAddressesWhereOnlyAnAddressWillDo(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OutputScript.ofAddress(text, Network.MAINNET));
    }

    @Test
    void shouldReadAnAddressWhereOnlyAnAddressWillDo() {
        assertThat(OutputScript.ofAddress("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Network.MAINNET))
                .hasToString("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    }

    @ParameterizedTest
    @CsvSource({
        "pkh, 76a914751e76e8199196d454941c45d1b3a323f1433bd688ac",
        "wpkh, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        // The taproot output of the generator without scripts, as Bitcoin Core derives it.
        "tr, 5120da4710964f7852695de2da025290e24af6d8c281de5a0b902b7135fd9fd74d21",
    })
    void shouldReadDescriptorsOfKeys(String function, String script) {
        String descriptor = function + "(" + KEY + ")";

        assertThat(OutputScript.parse(descriptor, Network.REGTEST)).hasToString(script);
        assertThat(OutputScript.parse(descriptor + "#" + Descriptor.checksum(descriptor), Network.REGTEST))
                .hasToString(script);
        assertThat(OutputScript.parse(function + "([d34db33f/84'/0h/0']" + KEY + ")", Network.REGTEST))
                .hasToString(script);
    }

    @Test
    void shouldReadXOnlyKeysAndWrappedKeysAndRawScripts() {
        assertThat(OutputScript.parse("tr(" + KEY.substring(2) + ")", Network.MAINNET))
                .isEqualTo(OutputScript.parse("tr(" + KEY + ")", Network.MAINNET));
        assertThat(OutputScript.parse("sh(wpkh(" + KEY + "))", Network.MAINNET))
                .hasToString("a914bcfeb728b584253d5f3f70bcb780e9ef218a68f487");
        assertThat(OutputScript.parse("raw(51)", Network.MAINNET).script()).isEqualTo(Bytes.fromHex("51"));
    }

    @Test
    void shouldDeriveExtendedKeys() {
        // BIP 84's account 0 of the mnemonic "abandon … about"; its first receiving address.
        String account =
                "xpub6CatWdiZiodmUeTDp8LT5or8nmbKNcuyvz7WyksVFkKB4RHwCD3XyuvPEbvqAQY3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1VMrjPC7PW6V";

        assertThat(OutputScript.parse("wpkh(" + account + "/0/0)", Network.MAINNET))
                .isEqualTo(OutputScript.parse("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", Network.MAINNET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
                "wpkh(" + KEY,
                "wpkh(00)",
                "wpkh(04" + KEY + ")",
                "wpkh(0200000000000000000000000000000000000000000000000000000000000000ff)x",
                "pkh(020000000000000000000000000000000000000000000000000000000000000005)",
                "tr(0000000000000000000000000000000000000000000000000000000000000005)",
                "wpkh(" + KEY + ")#00000000",
                "wpkh(" + KEY + ")#",
                "wpkh([zz]" + KEY + ")",
                "wpkh([d34db33f" + KEY + ")",
                "combo(" + KEY + ")",
                "sh(pkh(" + KEY + "))",
                "raw()",
                "raw(5)",
                "addr()",
                "wpkh(xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi)",
            })
    void shouldRefuseEverythingElseWithAClearError(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OutputScript.parse(text, Network.MAINNET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/0'", "/2147483648", "/99999999999", "//0", "/"})
    void shouldRefusePathsThatAreNotOneUnhardenedKey(String path) {
        String account =
                "xpub6CatWdiZiodmUeTDp8LT5or8nmbKNcuyvz7WyksVFkKB4RHwCD3XyuvPEbvqAQY3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1VMrjPC7PW6V";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputScript.parse("wpkh(" + account + path + ")", Network.MAINNET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputScript.parse("wpkh(" + account + ")", Network.REGTEST));
    }

    @Test
    void shouldNotRepeatTheTextInErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputScript.parse("wpkh(xprvSecret)", Network.MAINNET))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("Secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "76a914751e76e8199196d454941c45d1b3a323f1433bd688ac, 4",
        "0014751e76e8199196d454941c45d1b3a323f1433bd6, 0",
        "51ae, 80",
        // A push that hides the opcode, and pushes that end too early.
        "01ac, 0",
        "4c01ac, 0",
        "4d0100ac, 0",
        "4e01000000ac, 0",
        "4c05ac, 0",
        "4d01, 0",
        "acad, 8",
    })
    void shouldCountSigops(String script, int cost) {
        assertThat(new OutputScript(Bytes.fromHex(script)).sigopCost()).isEqualTo(cost);
    }
}
