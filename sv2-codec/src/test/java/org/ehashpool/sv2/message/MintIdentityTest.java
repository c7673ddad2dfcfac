package org.ehashpool.sv2.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;

class MintIdentityTest {
    private static final Bytes HANDSHAKE = Bytes.fromHex("ab".repeat(32));
    private static final Text URL = Text.of("https://mint.example");
    private static final List<Text> UNITS = List.of(Text.of("hash"), Text.of("sat"));

    @Test
    void shouldHashAsAnotherImplementationDoes() {
        // hashlib: t = sha256(b"ehash/mint-identify/1"); sha256(t + t + h + sha256(b"\x14" + url +
        // b"\x02\x04hash\x03sat"))
        assertThat(HexFormat.of().formatHex(MintIdentity.signedHash(HANDSHAKE, URL, UNITS)))
                .isEqualTo("3b7c128f6b2745e4b3ddd1e2c20de6333f40855a2939b4d8936d4ad9cb3aa5e9");
    }

    @Test
    void shouldDependOnEverything() {
        assertThat(List.of(
                        hex(HANDSHAKE, URL, UNITS),
                        hex(Bytes.fromHex("ac".repeat(32)), URL, UNITS),
                        hex(HANDSHAKE, Text.of("https://mint.exampl"), UNITS),
                        hex(HANDSHAKE, URL, List.of(Text.of("hash"))),
                        hex(HANDSHAKE, URL, List.of(Text.of("hashsat"))),
                        hex(HANDSHAKE, URL, List.of(Text.of("sat"), Text.of("hash")))))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MintIdentity.signedHash(HANDSHAKE, Text.of("m".repeat(256)), UNITS));
    }

    @Test
    void shouldKnowEveryErrorByItsCode() {
        assertThat(MintIdentifyErrorCode.values())
                .allSatisfy(code ->
                        assertThat(MintIdentifyErrorCode.of(code.code())).contains(code));
        assertThat(MintIdentifyErrorCode.of(Text.of("other"))).isEmpty();
    }

    private static String hex(Bytes handshake, Text url, List<Text> units) {
        return HexFormat.of().formatHex(MintIdentity.signedHash(handshake, url, units));
    }
}
