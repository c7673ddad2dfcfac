package org.ehashpool.sv2.message;

import java.util.List;
import org.ehashpool.sv2.type.B0_16M;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.B0_64K;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The template distribution protocol. The server is the template provider, the client a pool or a job declarator. "All
 * Template Distribution messages have the channel_msg bit unset, and there is no concept of channels."
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Template
 *     distribution protocol, chapter 7</a>
 */
public sealed interface TemplateDistribution extends Message {
    /** From the pool or the job declarator. */
    sealed interface FromClient extends TemplateDistribution, Message.FromClient {}

    /** From the template provider. */
    sealed interface FromServer extends TemplateDistribution, Message.FromServer {}

    /**
     * Section 7.1.
     *
     * @param coinbaseOutputMaxAdditionalSize bytes that the client's coinbase outputs may take
     * @param coinbaseOutputMaxAdditionalSigops signature operations that they may take
     */
    @MessageType(0x70)
    record CoinbaseOutputConstraints(
            @U32 long coinbaseOutputMaxAdditionalSize, @U16 int coinbaseOutputMaxAdditionalSigops)
            implements FromClient {}

    /**
     * Section 7.2.
     *
     * @param templateId strictly increasing
     * @param futureTemplate whether it is for a later {@link SetNewPrevHash}
     * @param version header version
     * @param coinbaseTxVersion coinbase nVersion
     * @param coinbasePrefix beginning of the coinbase script, at most 8 bytes
     * @param coinbaseTxInputSequence coinbase input's nSequence
     * @param coinbaseTxValueRemaining satoshis for the client's outputs
     * @param coinbaseTxOutputsCount number of outputs in the next field
     * @param coinbaseTxOutputs consensus-serialised outputs, without a count, to come last
     * @param coinbaseTxLocktime coinbase nLockTime
     * @param merklePath from the deepest
     */
    @MessageType(0x71)
    record NewTemplate(
            @U64 long templateId,
            boolean futureTemplate,
            @U32 long version,
            @U32 long coinbaseTxVersion,
            @B0_255 Bytes coinbasePrefix,
            @U32 long coinbaseTxInputSequence,
            @U64 long coinbaseTxValueRemaining,
            @U32 long coinbaseTxOutputsCount,
            @B0_64K Bytes coinbaseTxOutputs,
            @U32 long coinbaseTxLocktime,
            @Seq0_255 List<U256> merklePath)
            implements FromServer {
        public NewTemplate {
            merklePath = List.copyOf(merklePath);
        }
    }

    /**
     * Section 7.3.
     *
     * @param templateId a template sent before
     * @param prevHash header previous hash
     * @param headerTimestamp where to start the header time, not its minimum
     * @param nBits header target
     * @param target the highest hash that is a block; it may be lower than {@code nBits} says
     */
    @MessageType(0x72)
    record SetNewPrevHash(
            @U64 long templateId,
            U256 prevHash,
            @U32 long headerTimestamp,
            @WireName("nBits") @U32 long nBits,
            U256 target)
            implements FromServer {}

    /**
     * Section 7.4.
     *
     * @param templateId the template
     */
    @MessageType(0x73)
    record RequestTransactionData(@U64 long templateId) implements FromClient {}

    /**
     * Section 7.5.
     *
     * @param templateId the template
     * @param excessData opaque data that the pool may need
     * @param transactionList all transactions but the coinbase, opaque
     */
    @MessageType(value = 0x74, name = "RequestTransactionData.Success")
    record RequestTransactionDataSuccess(
            @U64 long templateId,
            @B0_64K Bytes excessData,
            @Seq0_64K List<@B0_16M Bytes> transactionList) implements FromServer {
        public RequestTransactionDataSuccess {
            transactionList = List.copyOf(transactionList);
        }
    }

    /**
     * Section 7.6.
     *
     * @param templateId the template
     * @param errorCode for instance {@code template-id-not-found}
     */
    @MessageType(value = 0x75, name = "RequestTransactionData.Error")
    record RequestTransactionDataError(
            @U64 long templateId, @Str0_255 Text errorCode) implements FromServer {}

    /**
     * Section 7.7.
     *
     * @param templateId the template
     * @param version header version
     * @param headerTimestamp header time
     * @param headerNonce header nonce
     * @param coinbaseTx the whole coinbase transaction, with BIP 141 fields
     */
    @MessageType(0x76)
    record SubmitSolution(
            @U64 long templateId,
            @U32 long version,
            @U32 long headerTimestamp,
            @U32 long headerNonce,
            @B0_64K Bytes coinbaseTx)
            implements FromClient {}
}
