package org.ehashpool.mint.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.acinq.bitcoin.Bech32;
import fr.acinq.bitcoin.ByteVector64;
import fr.acinq.bitcoin.Crypto;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.ehashpool.cashu.amount.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvoiceTest {

    /** BOLT 11, Examples. */
    private static final String COFFEE =
            "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqs"
                    + "yqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w27kyk"
                    + "e0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh";

    private static final String PAYMENT_HASH = "0001020304050607080900010203040506070809000102030405060708090102";
    private static final int SIGNATURE = 104;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final InvoiceWriter writer = new InvoiceWriter(new SecureRandom());

    @Test
    void shouldReadAmountAndHashWhenTheInvoiceIsOfTheSpecification() {
        Invoice invoice = Invoice.parse(COFFEE);

        assertThat(invoice.milliSatoshis()).contains(BigInteger.valueOf(250_000_000));
        assertThat(invoice.satoshis()).contains(BigInteger.valueOf(250_000));
        assertThat(invoice.paymentHash()).isEqualTo(PAYMENT_HASH);
        assertThat(Invoice.parse(COFFEE.toUpperCase(Locale.ROOT))).isEqualTo(invoice);
    }

    @ParameterizedTest
    @CsvSource({
        "lnbc1m, 100000000, 100000",
        "lnbc1u, 100000, 100",
        "lntb15n, 1500, 2",
        "lnbcrt10p, 1, 1",
        "lnbc21, 2100000000000, 2100000000"
    })
    void shouldReadEveryMultiplierWhenThereIsOne(String prefix, BigInteger milliSatoshis, BigInteger satoshis) {
        Invoice invoice = Invoice.parse(withPrefix(prefix));

        assertThat(invoice.milliSatoshis()).contains(milliSatoshis);
        assertThat(invoice.satoshis()).contains(satoshis);
    }

    @Test
    void shouldHaveNoAmountWhenThePayerIsToChoose() {
        assertThat(Invoice.parse(withPrefix("lnbc")).milliSatoshis()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lnbc0u", "lnbc15p", "lnbc1x", "lnxx1u", "lnbc01u", "bc", "lnbc1234567890123456789u"})
    void shouldRefuseWhenThePrefixIsWrong(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> Invoice.parse(withPrefix(prefix)));
    }

    @Test
    void shouldRefuseWhenCharactersAreWrongOrMissing() {
        for (int length = 0; length < COFFEE.length(); length++) {
            String cut = COFFEE.substring(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Invoice.parse(cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Invoice.parse(COFFEE.replace("cyq5", "cyq4")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Invoice.parse("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assertThatIllegalArgumentException().isThrownBy(() -> Invoice.parse(COFFEE + "é"));
    }

    @Test
    void shouldRefuseWhenFieldsAreCutOffThoughTheChecksumIsRight() {
        Byte[] words = Bech32.decode(COFFEE, false).getSecond();
        int fields = words.length - SIGNATURE;
        int refused = 0;
        for (int length = 0; length < fields; length++) {
            Byte[] shorter = Arrays.copyOf(words, length + SIGNATURE);
            System.arraycopy(words, fields, shorter, length, SIGNATURE);
            String text = Bech32.encode("lnbc1u", shorter, Bech32.Encoding.Bech32);
            try {
                assertThat(Invoice.parse(text).paymentHash()).isEqualTo(PAYMENT_HASH);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        // Whole are the timestamp and the payment secret, which is no hash; then up to the payment hash, the
        // description, the expiry.
        assertThat(refused).isEqualTo(fields - 3);
    }

    @Test
    void shouldBeReadAsWhatItWasWrittenFor() {
        String text = writer.write(Amount.of(1337), "ehash ⛏", NOW, 86_400);

        assertThat(text).startsWith("lnbc13370n1");
        assertThat(Invoice.parse(text).satoshis()).contains(BigInteger.valueOf(1337));
        assertThat(Invoice.parse(text).paymentHash())
                .isNotEqualTo(Invoice.parse(writer.write(Amount.of(1337), "ehash ⛏", NOW, 86_400))
                        .paymentHash());
        assertThat(Invoice.parse(writer.write(InvoiceWriter.MOST, "⛏".repeat(8192), NOW, 1))
                        .satoshis())
                .contains(InvoiceWriter.MOST.toBigInteger());
    }

    @Test
    void shouldCarryASignatureOfItsTextWhenItIsWritten() {
        String text = writer.write(Amount.ONE, "", NOW, 60);
        var decoded = Bech32.decode(text, false);
        byte[] words = new byte[decoded.getSecond().length];
        for (int i = 0; i < words.length; i++) {
            words[i] = decoded.getSecond()[i];
        }
        int end = words.length - SIGNATURE;
        byte[] signature = Words.toBytes(words, end, words.length, false);
        String signed = HexFormat.of().formatHex("lnbc10n".getBytes(StandardCharsets.US_ASCII))
                + HexFormat.of().formatHex(Words.toBytes(words, 0, end, true));
        byte[] digest = Crypto.sha256(HexFormat.of().parseHex(signed));

        var node = Crypto.recoverPublicKey(new ByteVector64(Arrays.copyOf(signature, 64)), digest, signature[64]);

        assertThat(node).isEqualTo(writer.node());
        assertThat(Words.toNumber(words, 0, 7)).isEqualTo(NOW.getEpochSecond());
    }

    /** The specification's invoice with another amount; nobody looks at the signature. */
    private static String withPrefix(String prefix) {
        return Bech32.encode(prefix, Bech32.decode(COFFEE, false).getSecond(), Bech32.Encoding.Bech32);
    }
}
