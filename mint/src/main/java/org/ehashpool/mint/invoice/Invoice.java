package org.ehashpool.mint.invoice;

import fr.acinq.bitcoin.Bech32;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kotlin.Triple;

/**
 * What an invoice asks for. Its signature is not looked at: nobody is paid.
 *
 * @param text in lower case
 * @param milliSatoshis empty when the payer is to choose
 * @param paymentHash 64 hex digits: what makes it this invoice
 */
public record Invoice(String text, Optional<BigInteger> milliSatoshis, String paymentHash) {

    /** Of a bitcoin in each unit of the amount's multiplier: "m (milli), u (micro), n (nano), p (pico)". */
    private static final Map<String, BigInteger> PICO_BITCOIN = Map.of(
            "", BigInteger.TEN.pow(12),
            "m", BigInteger.TEN.pow(9),
            "u", BigInteger.TEN.pow(6),
            "n", BigInteger.TEN.pow(3),
            "p", BigInteger.ONE);

    private static final BigInteger PICO_BITCOIN_OF_A_MILLI_SATOSHI = BigInteger.TEN;
    private static final BigInteger MILLI = BigInteger.valueOf(1000);
    private static final Pattern PREFIX = Pattern.compile("ln(?:bcrt|bc|tbs|tb|sb)(?:([1-9][0-9]{0,17})([munp]?))?");
    private static final int TIMESTAMP_WORDS = 7;
    private static final int SIGNATURE_WORDS = 104;
    private static final int FIELD_HEAD_WORDS = 3;
    private static final int HASH_WORDS = 52;
    private static final int PAYMENT_HASH = 1;

    /**
     * Reads an invoice.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Invoice parse(String text) {
        Triple<String, Byte[], Bech32.Encoding> decoded = decode(text);
        if (decoded.getThird() != Bech32.Encoding.Bech32) {
            throw new IllegalArgumentException("the invoice has another checksum");
        }
        Matcher prefix = PREFIX.matcher(decoded.getFirst());
        if (!prefix.matches()) {
            throw new IllegalArgumentException("the invoice has no such prefix");
        }
        byte[] words = unboxed(decoded.getSecond());
        if (words.length < TIMESTAMP_WORDS + SIGNATURE_WORDS) {
            throw new IllegalArgumentException("the invoice is too short");
        }
        return new Invoice(
                text.toLowerCase(Locale.ROOT),
                Optional.ofNullable(prefix.group(1)).map(digits -> milliSatoshis(digits, prefix.group(2))),
                paymentHash(words));
    }

    /** The amount in whole satoshis, rounded up. */
    public Optional<BigInteger> satoshis() {
        return milliSatoshis.map(
                amount -> amount.add(MILLI.subtract(BigInteger.ONE)).divide(MILLI));
    }

    private static Triple<String, Byte[], Bech32.Encoding> decode(String text) {
        try {
            return Bech32.decode(text, false);
        } catch (IllegalArgumentException e) {
            // Its message repeats the text, however long.
            throw new IllegalArgumentException("a character or the checksum is wrong", e);
        }
    }

    private static BigInteger milliSatoshis(String digits, String multiplier) {
        BigInteger[] parts = new BigInteger(digits)
                .multiply(PICO_BITCOIN.get(multiplier))
                .divideAndRemainder(PICO_BITCOIN_OF_A_MILLI_SATOSHI);
        if (parts[1].signum() != 0) {
            // "If the p multiplier is used the last decimal of amount MUST be 0."
            throw new IllegalArgumentException("the invoice asks for a part of a millisatoshi");
        }
        return parts[0];
    }

    private static String paymentHash(byte[] words) {
        int end = words.length - SIGNATURE_WORDS;
        Optional<String> hash = Optional.empty();
        for (int at = TIMESTAMP_WORDS; at < end; ) {
            if (at + FIELD_HEAD_WORDS > end) {
                throw new IllegalArgumentException("a field of the invoice is cut off");
            }
            int from = at + FIELD_HEAD_WORDS;
            int to = from + (int) Words.toNumber(words, at + 1, from);
            if (to > end) {
                throw new IllegalArgumentException("a field of the invoice is cut off");
            }
            // "MUST skip over … p … fields that do NOT have data_lengths of 52"
            if (words[at] == PAYMENT_HASH && to - from == HASH_WORDS && hash.isEmpty()) {
                hash = Optional.of(HexFormat.of().formatHex(Words.toBytes(words, from, to, false)));
            }
            at = to;
        }
        return hash.orElseThrow(() -> new IllegalArgumentException("the invoice has no payment hash"));
    }

    private static byte[] unboxed(Byte[] words) {
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i];
        }
        return bytes;
    }
}
