package org.ehashpool.cashu.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.junit.jupiter.api.Test;

class QuoteSignaturesTest {

    private static final PublicKey ONE =
            PublicKey.parse("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    private static final PublicKey LEGACY_KEY =
            PublicKey.parse("03d56ce4e446a85bbdaa547b4ec2b073d40ff802831352b8272b7dd7a4de5a7cac");
    private static final SecretKey KEY = SecretKey.parse("11".repeat(32));
    private static final byte[] RANDOMNESS = new byte[32];
    private static final KeysetId KEYSET = KeysetId.parse("009a1f293253e41e");

    private final List<BlindedMessage> outputs = List.of(output(1, "a"), output(2, "b"));

    private static BlindedMessage output(long amount, String secret) {
        return new BlindedMessage(Amount.of(amount), KEYSET, HashToCurve.of(secret));
    }

    private static List<BlindedMessage> outputs(JsonNode request) {
        List<BlindedMessage> outputs = new ArrayList<>();
        for (JsonNode output : request.get("outputs")) {
            outputs.add(new BlindedMessage(
                    Amount.parse(output.get("amount").asText()),
                    KEYSET,
                    PublicKey.parse(output.get("B_").asText())));
        }
        return outputs;
    }

    private static boolean verify(JsonNode request, PublicKey key) {
        return QuoteSignatures.verify(
                request.get("quote").asText(),
                outputs(request),
                key,
                request.get("signature").asText());
    }

    @Test
    void shouldVerifyTheVectorOfTheCurrentForm() throws Exception {
        List<Vectors.Block> blocks = Vectors.nuts("nut20");
        JsonNode request = blocks.get(0).json();
        byte[] message = QuoteMessage.CURRENT.of(request.get("quote").asText(), outputs(request));

        assertThat(HexFormat.of().formatHex(message)).isEqualTo(blocks.get(1).value("msg_to_sign"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message)))
                .isEqualTo(blocks.get(1).value("sha256(msg_to_sign)"));
        assertThat(verify(request, ONE)).isTrue();
        assertThat(verify(request, LEGACY_KEY)).isFalse();
    }

    @Test
    void shouldVerifyTheVectorsOfTheLegacyForm() {
        List<Vectors.Block> blocks = Vectors.nuts("nut20_legacy");
        JsonNode request = blocks.get(0).json();
        String bytes = Stream.of(
                        blocks.get(1).data().replaceAll("[\\[\\]\\s]", "").split(","))
                .map(Integer::parseInt)
                .collect(StringBuilder::new, (text, b) -> text.append((char) b.intValue()), StringBuilder::append)
                .toString();

        assertThat(new String(
                        QuoteMessage.LEGACY.of(request.get("quote").asText(), outputs(request)),
                        StandardCharsets.US_ASCII))
                .isEqualTo(bytes);
        assertThat(verify(request, LEGACY_KEY)).isTrue();
        assertThat(verify(blocks.get(2).json(), LEGACY_KEY)).isFalse();
    }

    @Test
    void shouldVerifyTheVectorOfABatch() {
        List<Vectors.Block> blocks = Vectors.nuts("nut29").stream()
                .filter(block -> block.section().equals("NUT-20 signature with valid ordering"))
                .toList();
        JsonNode request = blocks.get(1).json();
        String quote = request.get("quotes").get(0).asText();
        String signature = request.get("signatures").get(0).asText();

        assertThat(HexFormat.of().formatHex(QuoteMessage.CURRENT.of(quote, outputs(request))))
                .isEqualTo(blocks.get(0).value("msg_to_sign_bytes"));
        assertThat(QuoteSignatures.verify(quote, outputs(request), ONE, signature))
                .isTrue();
        assertThat(QuoteSignatures.verify(quote, outputs(request).reversed(), ONE, signature))
                .isFalse();
    }

    @Test
    void shouldVerifyBothFormsOfItsOwnSignatures() {
        PublicKey key = KEY.publicKey();

        assertThat(QuoteSignatures.verify("q", outputs, key, QuoteSignatures.sign("q", outputs, KEY, RANDOMNESS)))
                .isTrue();
        assertThat(QuoteSignatures.verify("q", outputs, key, QuoteSignatures.signLegacy("q", outputs, KEY, RANDOMNESS)))
                .isTrue();
    }

    @Test
    void shouldRefuseWhenAnythingSignedIsAnother() {
        PublicKey key = KEY.publicKey();
        String signature = QuoteSignatures.sign("q", outputs, KEY, RANDOMNESS);

        assertThat(QuoteSignatures.verify("r", outputs, key, signature)).isFalse();
        assertThat(QuoteSignatures.verify("q", outputs.reversed(), key, signature))
                .isFalse();
        assertThat(QuoteSignatures.verify("q", outputs.subList(0, 1), key, signature))
                .isFalse();
        assertThat(QuoteSignatures.verify("q", List.of(output(2, "a"), output(1, "b")), key, signature))
                .isFalse();
        assertThat(QuoteSignatures.verify("q", outputs, ONE, signature)).isFalse();
    }

    @Test
    void shouldWriteAmountsInAsFewBytesAsTheyNeed() {
        String point = outputs.getFirst().point().toString();
        String start =
                HexFormat.of().formatHex("Cashu_MintQuoteSig_v1".getBytes(StandardCharsets.US_ASCII)) + "0000000171";

        assertThat(message(0)).isEqualTo(start + "00000000" + "00000021" + point);
        assertThat(message(255)).isEqualTo(start + "00000001ff" + "00000021" + point);
        assertThat(message(256)).isEqualTo(start + "000000020100" + "00000021" + point);
        assertThat(message(Long.MIN_VALUE)).isEqualTo(start + "000000088000000000000000" + "00000021" + point);
        assertThat(message(-1)).isEqualTo(start + "00000008ffffffffffffffff" + "00000021" + point);
    }

    private static String message(long amount) {
        return HexFormat.of().formatHex(QuoteMessage.CURRENT.of("q", List.of(output(amount, "a"))));
    }

    @Test
    void shouldRefuseWithoutExceptionWhenTheSignatureIsNone() {
        String signature = QuoteSignatures.sign("q", outputs, KEY, RANDOMNESS);

        for (String bad :
                List.of("", "00", signature + "00", signature.substring(2), "z".repeat(128), "é".repeat(128))) {
            assertThat(QuoteSignatures.verify("q", outputs, KEY.publicKey(), bad))
                    .isFalse();
            assertThat(LookupSignatures.verify(ONE, KEY.publicKey(), 1, bad)).isFalse();
        }
        assertThat(QuoteSignatures.verify("q", outputs, KEY.publicKey(), signature.toUpperCase(Locale.ROOT)))
                .isTrue();
    }

    @Test
    void shouldVerifyALookupForItsMintKeyAndTimeOnly() {
        String signature = LookupSignatures.sign(ONE, KEY, 1_800_000_000, RANDOMNESS);
        PublicKey key = KEY.publicKey();

        assertThat(new String(LookupSignatures.message(ONE, key, 1_800_000_000), StandardCharsets.US_ASCII))
                .isEqualTo("Cashu_MintQuoteLookup_v1" + ONE + key + "1800000000");
        assertThat(LookupSignatures.verify(ONE, key, 1_800_000_000, signature)).isTrue();
        assertThat(LookupSignatures.verify(LEGACY_KEY, key, 1_800_000_000, signature))
                .isFalse();
        assertThat(LookupSignatures.verify(ONE, LEGACY_KEY, 1_800_000_000, signature))
                .isFalse();
        assertThat(LookupSignatures.verify(ONE, key, 1_800_000_001, signature)).isFalse();
    }
}
