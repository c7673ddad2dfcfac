package org.ehashpool.pool.mintlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.pool.mintlink.Identification.Verdict;
import org.ehashpool.sv2.message.MintIdentifyErrorCode;
import org.ehashpool.sv2.message.MintIdentity;
import org.ehashpool.sv2.message.MintQuote.MintIdentify;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;

class IdentificationTest {
    private static final SecretKey SECRET = SecretKey.parse("42".repeat(32));
    private static final SecretKey OTHER = SecretKey.parse("43".repeat(32));
    private static final Bytes CONNECTION = Bytes.fromHex("aa".repeat(32));
    private static final String URL = "https://mint.example";

    private final PinnedMint pinned =
            new PinnedMint(Bytes.of(SECRET.publicKey().x()), Optional.empty(), Set.of("hash"), 1);
    private final Identification identification = new Identification(List.of(pinned));

    @Test
    void shouldKnowMintThatProvesItsKey() {
        assertThat(judge(signed(SECRET, CONNECTION, URL, "hash", 100)))
                .isEqualTo(new Verdict.Known(new IdentifiedMint(pinned, URL, 100)));
    }

    @Test
    void shouldBelieveOperatorBeforeMintWhenBothNameAnUrl() {
        PinnedMint told = new PinnedMint(pinned.key(), Optional.of("https://told.example"), pinned.units(), 1);
        Verdict verdict =
                new Identification(List.of(told)).judge(signed(SECRET, CONNECTION, URL, "hash", 100), CONNECTION);
        assertThat(verdict).isEqualTo(new Verdict.Known(new IdentifiedMint(told, "https://told.example", 100)));
    }

    @Test
    void shouldRefuseKeyThatIsNotPinned() {
        assertThat(judge(signed(OTHER, CONNECTION, URL, "hash", 100)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.UNKNOWN_MINT_KEY));
    }

    @Test
    void shouldRefuseSignatureOfAnotherKey() {
        MintIdentify impostor = signed(OTHER, CONNECTION, URL, "hash", 100);
        assertThat(judge(new MintIdentify(
                        pinned.key(), impostor.signature(), impostor.mintUrl(), impostor.units(), impostor.window())))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_SIGNATURE));
    }

    @Test
    void shouldRefuseSignatureOfAnotherConnection() {
        assertThat(judge(signed(SECRET, Bytes.fromHex("ab".repeat(32)), URL, "hash", 100)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_SIGNATURE));
    }

    @Test
    void shouldRefuseUrlThatWasNotSigned() {
        MintIdentify signed = signed(SECRET, CONNECTION, URL, "hash", 100);
        assertThat(judge(new MintIdentify(
                        signed.publicKey(), signed.signature(), Text.of("https://evil.example"), signed.units(), 100)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_SIGNATURE));
    }

    @Test
    void shouldRefuseMintWithoutTheUnit() {
        assertThat(judge(signed(SECRET, CONNECTION, URL, "sat", 100)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.UNIT_NOT_ISSUED));
    }

    @Test
    void shouldRefuseWhatNobodyCouldUse() {
        assertThat(judge(signed(SECRET, CONNECTION, URL, "hash", 0)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_WINDOW));
        assertThat(judge(signed(SECRET, CONNECTION, "", "hash", 1)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_MINT_URL));
        assertThat(judge(signed(SECRET, CONNECTION, "https://mint\u0000.example", "hash", 1)))
                .isEqualTo(new Verdict.Refused(MintIdentifyErrorCode.INVALID_MINT_URL));
    }

    @Test
    void shouldReadKeysAsMintsPrintThem() {
        String compressed = SECRET.publicKey().toString();
        assertThat(PinnedMint.parseKey(compressed)).isEqualTo(pinned.key());
        assertThat(PinnedMint.parseKey(compressed.substring(2))).isEqualTo(pinned.key());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PinnedMint.parseKey("02" + "ff".repeat(32)))
                .withMessageContaining("public_key");
        MintConfig once = new MintConfig(compressed, Optional.empty(), List.of("hash"), 1);
        MintConfig again = new MintConfig(compressed.substring(2), Optional.empty(), List.of("hash"), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MintConfig.pinned(List.of(once, again)))
                .withMessageContaining("twice");
    }

    private Verdict judge(MintIdentify introduction) {
        return identification.judge(introduction, CONNECTION);
    }

    private static MintIdentify signed(SecretKey key, Bytes connection, String url, String unit, int window) {
        List<Text> units = List.of(Text.of(unit));
        byte[] hash = MintIdentity.signedHash(connection, Text.of(url), units);
        return new MintIdentify(
                Bytes.of(key.publicKey().x()), Bytes.of(key.sign(hash, new byte[32])), Text.of(url), units, window);
    }
}
