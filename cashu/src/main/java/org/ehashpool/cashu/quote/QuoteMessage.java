package org.ehashpool.cashu.quote;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;

/** What the key of a locked quote signs, so that none but the outputs it names are minted. */
enum QuoteMessage {
    /**
     * {@code "Cashu_MintQuoteSig_v1"}, the quote's id, then amount and B_ of each output; every part but the first
     * behind its length in four bytes, big-endian. Amounts take as few bytes as they need, 0 none.
     */
    CURRENT {
        @Override
        byte[] of(String quote, List<BlindedMessage> outputs) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.writeBytes(DOMAIN);
            writePart(message, quote.getBytes(StandardCharsets.UTF_8));
            for (BlindedMessage output : outputs) {
                writePart(message, minimal(output.amount()));
                writePart(message, output.point().toBytes());
            }
            return message.toByteArray();
        }
    },
    /** As it was before amounts were covered: the quote's id and each B_ in hexadecimal digits, as text. */
    LEGACY {
        @Override
        byte[] of(String quote, List<BlindedMessage> outputs) {
            StringBuilder message = new StringBuilder(quote);
            outputs.forEach(output -> message.append(output.point()));
            return message.toString().getBytes(StandardCharsets.UTF_8);
        }
    };

    private static final byte[] DOMAIN = "Cashu_MintQuoteSig_v1".getBytes(StandardCharsets.US_ASCII);

    /** The bytes whose SHA-256 is signed. */
    abstract byte[] of(String quote, List<BlindedMessage> outputs);

    private static void writePart(ByteArrayOutputStream message, byte[] part) {
        message.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        message.writeBytes(part);
    }

    private static byte[] minimal(Amount amount) {
        BigInteger value = amount.toBigInteger();
        byte[] bytes = new byte[(value.bitLength() + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (amount.toLong() >>> (i * Byte.SIZE));
        }
        return bytes;
    }
}
