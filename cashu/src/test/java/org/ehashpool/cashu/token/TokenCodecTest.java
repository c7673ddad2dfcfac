package org.ehashpool.cashu.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;
import org.ehashpool.cashu.token.TokenCodec.KeysetIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCodecTest {
    private static final List<Vectors.Block> BLOCKS = Vectors.nuts("nut00");
    private static final KeysetId VERSION_2 =
            KeysetId.parse("015ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf76a");
    private static final SecretKey KEY = SecretKey.parse("%064x".formatted(7));

    private static Vectors.Block block(String section, String about) {
        return BLOCKS.stream()
                .filter(block ->
                        block.section().equals(section) && block.about().startsWith(about))
                .findFirst()
                .orElseThrow();
    }

    private static Token token(Amount... amounts) {
        byte[] number = new byte[Dleq.LENGTH];
        Arrays.fill(number, (byte) 9);
        List<TokenProof> proofs = Arrays.stream(amounts)
                .map(amount -> TokenProof.of(new Proof(
                        amount,
                        VERSION_2,
                        "secret of " + amount,
                        KEY.publicKey(),
                        Optional.of("{\"signatures\":[]}"),
                        Optional.of(new ProofDleq(new Dleq(number, number), KEY)))))
                .toList();
        return new Token(
                List.of(new Token.Part("https://mint.example:3338/", proofs)),
                Optional.of("hash"),
                Optional.of("ünïcode"));
    }

    @Test
    void shouldWriteThePublishedTextWhenTokenIsOfVersion3() {
        String text = block("Serialization of TokenV3", "Serialized").data();
        Token token = TokenCodec.decode(text);
        assertThat(TokenCodec.encodeV3(token)).isEqualTo(text);
        assertThat(token.amount()).contains(Amount.of(10));
        assertThat(token.memo()).contains("Thank you.");
        assertThat(token.parts().getFirst().mint()).isEqualTo("https://8333.space:3338");
    }

    @Test
    void shouldRefusePublishedTextsWithoutPrefix() {
        String texts = block("Deserialization of TokenV3", "The following are incorrectly")
                .data();
        assertThat(texts.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                .hasSize(2)
                .allSatisfy(text ->
                        assertThatThrownBy(() -> TokenCodec.decode(text)).isInstanceOf(MalformedTokenException.class));
    }

    @Test
    void shouldReadPublishedTextsWithAndWithoutPadding() {
        List<Token> tokens = block("Deserialization of TokenV3", "Both")
                .data()
                .lines()
                .filter(line -> line.startsWith("cashu"))
                .map(TokenCodec::decode)
                .toList();
        assertThat(tokens).hasSize(2);
        assertThat(tokens.getFirst()).isEqualTo(tokens.getLast());
        assertThat(TokenCodec.decode("cashu:" + TokenCodec.encodeV3(tokens.getFirst())))
                .isEqualTo(tokens.getFirst());
    }

    @Test
    void shouldReadPublishedTokenWhenItIsOfOneKeyset() {
        Token token = TokenCodec.decode(block("Single keyset", "Encoded").data());
        TokenProof proof = token.parts().getFirst().proofs().getFirst();
        assertThat(token.unit()).contains("sat");
        assertThat(token.memo()).contains("Thank you");
        assertThat(token.parts().getFirst().mint()).isEqualTo("http://localhost:3338");
        assertThat(proof.amount()).isEqualTo(Amount.ONE);
        assertThat(proof.fullKeyset()).contains(KeysetId.parse("00ad268c4d1f5826"));
        assertThat(proof.secret()).isEqualTo("9a6dbb847bd232ba76db0df197216b29d3b8cc14553cd27827fc1cc942fedb4e");
        assertThat(proof.point()).hasToString("038618543ffb6b8695df4ad4babcde92a34a96bdcd97dcee0d7ccf98d472126792");
        assertThat(TokenCodec.decode(TokenCodec.encodeV4(token, KeysetIds.SHORT)))
                .isEqualTo(token);
    }

    @Test
    void shouldReadPublishedTokenWhenItIsOfTwoKeysets() {
        Token token = TokenCodec.decode(block("Multiple keysets", "Serialized").data());
        List<TokenProof> proofs = token.parts().getFirst().proofs();
        assertThat(proofs.stream().map(proof -> proof.keyset().toString()))
                .containsExactly("00ffd48b8f5ecf80", "00ad268c4d1f5826", "00ad268c4d1f5826");
        assertThat(token.amount()).contains(Amount.of(4));
        assertThat(TokenCodec.decode(TokenCodec.encodeV4(token, KeysetIds.FULL)))
                .isEqualTo(token);
    }

    @Test
    void shouldKeepEverythingWhenWrittenAndRead() {
        Token token =
                token(Amount.ONE, Amount.of((1L << 53) + 1), Amount.powerOfTwo(63), Amount.of(255), Amount.of(65_536));
        assertThat(TokenCodec.decode(TokenCodec.encodeV3(token))).isEqualTo(token);
        assertThat(TokenCodec.decode(TokenCodec.encodeV4(token, KeysetIds.FULL)))
                .isEqualTo(token);
        assertThat(TokenCodec.decodeRaw(TokenCodec.encodeRaw(token, KeysetIds.FULL)))
                .isEqualTo(token);
        Token most = token(Amount.MAXIMUM, Amount.ONE);
        assertThat(TokenCodec.decode(TokenCodec.encodeV4(most, KeysetIds.FULL))).isEqualTo(most);
        assertThat(TokenCodec.decode(TokenCodec.encodeV3(most))).isEqualTo(most);
        assertThat(most.amount()).isEmpty();
    }

    @Test
    void shouldResolveShortKeysetWhenMintHasOneThatFits() {
        Token token = TokenCodec.decode(TokenCodec.encodeV4(token(Amount.ONE), KeysetIds.SHORT));
        TokenProof proof = token.parts().getFirst().proofs().getFirst();
        byte[] twin = VERSION_2.toBytes();
        twin[twin.length - 1]++;
        assertThat(proof.fullKeyset()).isEmpty();
        assertThat(proof.resolve(List.of(VERSION_2)).orElseThrow().keysetId()).isEqualTo(VERSION_2);
        assertThat(proof.resolve(List.of())).isEmpty();
        assertThat(proof.resolve(List.of(VERSION_2, KeysetId.of(twin)))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> TokenCodec.encodeV3(token));
    }

    @Test
    void shouldRefuseWhenCutAnywhere() {
        byte[] raw = TokenCodec.encodeRaw(token(Amount.ONE, Amount.MAXIMUM), KeysetIds.FULL);
        for (int length = 0; length < raw.length; length++) {
            byte[] cut = Arrays.copyOf(raw, length);
            assertThatThrownBy(() -> TokenCodec.decodeRaw(cut)).isInstanceOf(MalformedTokenException.class);
        }
        assertThatThrownBy(() -> TokenCodec.decodeRaw(Arrays.copyOf(raw, raw.length + 1)))
                .isInstanceOf(MalformedTokenException.class);
    }

    @Test
    void shouldIgnoreUnknownMembersWhenTheyAreWellFormed() {
        // {"x": [1, -1, 1.5, tag 0 "a", {1: false}], "m": "m", "u": "u", "t": []}
        String cbor = "a4" + "6178" + "85" + "01" + "20" + "f93e00" + "c06161" + "a101f4" + "616d616d" + "61756175"
                + "617480";
        Token token = decodeRaw(cbor);
        assertThat(token.parts().getFirst().mint()).isEqualTo("m");
        assertThat(token.parts().getFirst().proofs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "80", // an array
                "a0", // no members
                "bf616d616dff", // a length that is not stated
                "a4616d616d616d616d61756175617480", // a name twice
                "a3616d616d617561756174" + "9affffffff", // more elements than bytes
                "a3616d616d617561756174" + "9bffffffffffffffff",
                "a3616d7bffffffffffffffff", // a string of 2^64 - 1 bytes
                "a3616d61ff61756175617480", // no UTF-8
                "a3616d616d617561756174" + "81a1617080", // no keyset
                "a3616d616d617561756174" + "81a261694100617080",
                "a161788181818181818181818181818181818181818181", // too deep
                "a1617820" // members missing
            })
    void shouldRefuseWhenCborIsNoToken(String cbor) {
        assertThatThrownBy(() -> decodeRaw(cbor)).isInstanceOf(MalformedTokenException.class);
    }

    private static Token decodeRaw(String cbor) {
        return TokenCodec.decodeRaw(HexFormat.of()
                .parseHex(HexFormat.of().formatHex("crawB".getBytes(StandardCharsets.US_ASCII)) + cbor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cashu", "cashuA", "cashuB", "cashuA!", "cashuC00", "cashuAe30", "cashuBoA"})
    void shouldRefuseWhenTextIsNoToken(String text) {
        assertThatThrownBy(() -> TokenCodec.decode(text)).isInstanceOf(MalformedTokenException.class);
    }

    @Test
    void shouldRefuseWhenTooLong() {
        String text = "cashuA" + "e".repeat(TokenCodec.LIMIT);
        assertThatThrownBy(() -> TokenCodec.decode(text)).isInstanceOf(MalformedTokenException.class);
        assertThatThrownBy(() -> TokenCodec.decodeRaw(new byte[TokenCodec.LIMIT + 1]))
                .isInstanceOf(MalformedTokenException.class);
    }

    @Test
    void shouldShowNoSecretInTextOrProblem() {
        Token token = token(Amount.ONE);
        assertThat(token.toString()).doesNotContain("secret of");
        String json = "{\"token\":[{\"mint\":\"m\",\"proofs\":[{\"secret\":\"mysecret\",\"amount\":\"mysecret\"}]}]}";
        String text = "cashuA" + Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> TokenCodec.decode(text))
                .hasMessageContaining("token[0].proofs[0].amount")
                .hasMessageNotContaining("mysecret");
    }
}
