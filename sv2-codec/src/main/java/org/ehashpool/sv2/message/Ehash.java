package org.ehashpool.sv2.message;

import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.PubKey;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * Extension 0x4548 (experimental range) on mining connections: shares that are paid in ecash. Its TLV {@code
 * locking_key} stands on shares, and on channel requests as the channel's default; its messages tell the wallet early
 * what it would find at the mints anyway.
 */
public sealed interface Ehash extends Message {
    /** Its {@code extension_type}. */
    int EXTENSION = 0x4548;

    /** The length of a {@code locking_key}: a compressed secp256k1 point. */
    int LOCKING_KEY_LENGTH = 33;

    /** From the pool's side. */
    sealed interface FromServer extends Ehash, Message.FromServer {}

    /**
     * A quote was made for one or more shares.
     *
     * @param channelId the channel of the shares
     * @param sequenceNumber the last share covered
     * @param shareHash the newest share's hash, the quote's identity
     * @param shareCount the shares covered
     * @param quoteId the mint's name for the quote
     * @param amount in {@code unit}, unsigned
     * @param unit of the amount
     * @param mintUrl where to mint
     */
    @MessageType(value = 0xc0, channel = true, extension = EXTENSION)
    record EhashQuoteCreated(
            @U32 long channelId,
            @U32 long sequenceNumber,
            U256 shareHash,
            @U32 long shareCount,
            @Str0_255 Text quoteId,
            @U64 long amount,
            @Str0_255 Text unit,
            @Str0_255 Text mintUrl)
            implements FromServer {}

    /**
     * A quote could not be made.
     *
     * @param channelId the channel of the share
     * @param sequenceNumber the share
     * @param shareHash the share's hash
     * @param errorCode why
     */
    @MessageType(value = 0xc1, channel = true, extension = EXTENSION)
    record EhashQuoteFailed(
            @U32 long channelId,
            @U32 long sequenceNumber,
            U256 shareHash,
            @Str0_255 Text errorCode) implements FromServer {}

    /**
     * The mints that may hold quotes; sent after negotiation and on change.
     *
     * @param mints all of them
     */
    @MessageType(value = 0xc2, extension = EXTENSION)
    record EhashMints(@Seq0_255 List<Mint> mints) implements FromServer {
        public EhashMints {
            mints = List.copyOf(mints);
        }
    }

    /**
     * A mint of {@link EhashMints}.
     *
     * @param mintUrl its address
     * @param publicKey the key it identifies itself with to the pool
     * @param unit what it issues
     */
    record Mint(
            @Str0_255 Text mintUrl,
            @PubKey Bytes publicKey,
            @Str0_255 Text unit) {}

    /**
     * The TLV that locks a share's quote, or all quotes of a channel, to a key.
     *
     * @throws IllegalArgumentException if the key is not 33 bytes long
     */
    static Tlv lockingKey(Bytes compressedKey) {
        if (compressedKey.length() != LOCKING_KEY_LENGTH) {
            throw new IllegalArgumentException("33 bytes expected, not " + compressedKey.length());
        }
        return new Tlv(TlvField.LOCKING_KEY, compressedKey);
    }

    /**
     * The key in a message's TLVs, if any. It has at most 33 bytes; whether it is a point of the curve is for the
     * receiver to check, after it has checked whether the share is a block.
     */
    static Optional<Bytes> lockingKey(List<Tlv> tlvs) {
        return TlvField.LOCKING_KEY.in(tlvs);
    }
}
