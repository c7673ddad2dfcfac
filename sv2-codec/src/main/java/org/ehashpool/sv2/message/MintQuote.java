package org.ehashpool.sv2.message;

import java.util.List;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.PubKey;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Signature;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The mint-quote protocol, {@link Protocol#MINT_QUOTE}: a pool orders quotes from a mint. The client is the mint, which
 * dials; the server is the pool. There are no channels; the frames carry {@link Ehash#EXTENSION}, which the protocol
 * implies without negotiation.
 */
public sealed interface MintQuote extends Message {
    /** Its {@code extension_type}. */
    int EXTENSION = Ehash.EXTENSION;

    /** From the mint. */
    sealed interface FromClient extends MintQuote, Message.FromClient {}

    /** From the pool. */
    sealed interface FromServer extends MintQuote, Message.FromServer {}

    /** The answer to {@link MintIdentify}. */
    sealed interface IdentifyReply extends FromServer {}

    /** The answer to {@link MintQuoteRequest}. */
    sealed interface QuoteReply extends FromClient {}

    /**
     * The mint proves who it is, since the handshake authenticates only the pool.
     *
     * @param publicKey the mint's key
     * @param signature BIP 340 over the handshake hash and the next two fields
     * @param mintUrl where wallets find the mint
     * @param units what it issues
     * @param window requests it takes unanswered
     */
    @MessageType(value = 0x80, extension = EXTENSION)
    record MintIdentify(
            @PubKey Bytes publicKey,
            @Signature Bytes signature,
            @Str0_255 Text mintUrl,
            @Seq0_255 List<@Str0_255 Text> units,
            @U16 int window)
            implements FromClient {
        public MintIdentify {
            units = List.copyOf(units);
        }

        /** What is signed on the connection with this handshake hash, 32 bytes: see {@link MintIdentity}. */
        public byte[] signedHash(Bytes handshakeHash) {
            return MintIdentity.signedHash(handshakeHash, mintUrl, units);
        }
    }

    /** The pool knows the mint. */
    @MessageType(value = 0x81, name = "MintIdentify.Success", extension = EXTENSION)
    record MintIdentifySuccess() implements IdentifyReply {}

    /**
     * The pool refuses the mint.
     *
     * @param errorCode see {@link MintIdentifyErrorCode}
     */
    @MessageType(value = 0x82, name = "MintIdentify.Error", extension = EXTENSION)
    record MintIdentifyError(@Str0_255 Text errorCode) implements IdentifyReply {}

    /**
     * An order, idempotent by {@code shareHash}.
     *
     * @param requestId pairs the answer
     * @param shareHash the newest share's double SHA-256, as computed
     * @param shareCount the shares paid with it
     * @param amount in {@code unit}, unsigned
     * @param unit of the amount
     * @param lockingKey compressed secp256k1 key that the quote is locked to
     * @param minedAt milliseconds since the epoch
     */
    @MessageType(value = 0x83, extension = EXTENSION)
    record MintQuoteRequest(
            @U64 long requestId,
            U256 shareHash,
            @U32 long shareCount,
            @U64 long amount,
            @Str0_255 Text unit,
            @B0_255 Bytes lockingKey,
            @U64 long minedAt)
            implements FromServer {}

    /**
     * The quote exists and is paid.
     *
     * @param requestId of the request
     * @param shareHash of the request
     * @param quoteId the mint's name for the quote
     * @param amount of the quote, unsigned
     */
    @MessageType(value = 0x84, extension = EXTENSION)
    record MintQuoteResponse(
            @U64 long requestId,
            U256 shareHash,
            @Str0_255 Text quoteId,
            @U64 long amount) implements QuoteReply {}

    /**
     * There is no quote.
     *
     * @param requestId of the request
     * @param shareHash of the request
     * @param errorCode see {@link MintQuoteErrorCode}
     * @param retryable whether the same request may succeed later
     */
    @MessageType(value = 0x85, extension = EXTENSION)
    record MintQuoteError(
            @U64 long requestId, U256 shareHash, @Str0_255 Text errorCode, boolean retryable) implements QuoteReply {}
}
