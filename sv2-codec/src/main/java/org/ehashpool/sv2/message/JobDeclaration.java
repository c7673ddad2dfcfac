package org.ehashpool.sv2.message;

import java.util.List;
import org.ehashpool.sv2.type.B0_16M;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.B0_32;
import org.ehashpool.sv2.type.B0_64K;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * The job declaration protocol. The server is the job declarator server (JDS), the client the job declarator client
 * (JDC). "For the Job Declaration and Template Distribution Protocols the channel_msg bit is always unset."
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/06-Job-Declaration-Protocol.md#64-job-declaration-protocol-messages">
 *     Job declaration protocol messages, section 6.4</a>
 */
public sealed interface JobDeclaration extends Message {
    /** Bit of {@code SetupConnection.flags}: the client agrees to reveal transactions (section 6.4.1). */
    long DECLARE_TX_DATA = 1;

    /** From the JDC. */
    sealed interface FromClient extends JobDeclaration, Message.FromClient {}

    /** From the JDS. */
    sealed interface FromServer extends JobDeclaration, Message.FromServer {}

    /**
     * Section 6.4.2.
     *
     * @param userIdentifier who asks; unconstrained bytes
     * @param requestId pairs the answer
     */
    @MessageType(0x50)
    record AllocateMiningJobToken(
            @Str0_255 Text userIdentifier, @U32 long requestId) implements FromClient {}

    /**
     * Section 6.4.3.
     *
     * @param requestId of the request
     * @param miningJobToken for one job
     * @param coinbaseTxOutputs consensus-serialised outputs behind a CompactSize count, the pool's payout first
     */
    @MessageType(value = 0x51, name = "AllocateMiningJobToken.Success")
    record AllocateMiningJobTokenSuccess(
            @U32 long requestId,
            @B0_255 Bytes miningJobToken,
            @B0_64K Bytes coinbaseTxOutputs) implements FromServer {}

    /**
     * Section 6.4.4.
     *
     * @param requestId pairs the answer
     * @param miningJobToken from {@link AllocateMiningJobTokenSuccess}
     * @param version header version
     * @param coinbaseTxPrefix coinbase transaction before the extranonce, with BIP 141 fields
     * @param coinbaseTxSuffix coinbase transaction after the extranonce, with BIP 141 fields
     * @param wtxidList witness ids of all transactions but the coinbase
     * @param excessData as the template provider gave it
     */
    @MessageType(0x57)
    record DeclareMiningJob(
            @U32 long requestId,
            @B0_255 Bytes miningJobToken,
            @U32 long version,
            @B0_64K Bytes coinbaseTxPrefix,
            @B0_64K Bytes coinbaseTxSuffix,
            @Seq0_64K List<U256> wtxidList,
            @B0_64K Bytes excessData)
            implements FromClient {
        public DeclareMiningJob {
            wtxidList = List.copyOf(wtxidList);
        }
    }

    /**
     * Section 6.4.5.
     *
     * @param requestId of the request
     * @param newMiningJobToken for {@link Mining.SetCustomMiningJob}
     */
    @MessageType(value = 0x58, name = "DeclareMiningJob.Success")
    record DeclareMiningJobSuccess(
            @U32 long requestId, @B0_255 Bytes newMiningJobToken) implements FromServer {}

    /**
     * Section 6.4.6.
     *
     * @param requestId of the request
     * @param errorCode for instance {@code invalid-mining-job-token}
     * @param errorDetails optional detail
     */
    @MessageType(value = 0x59, name = "DeclareMiningJob.Error")
    record DeclareMiningJobError(
            @U32 long requestId,
            @Str0_255 Text errorCode,
            @B0_64K Bytes errorDetails) implements FromServer {}

    /**
     * Section 6.4.7.
     *
     * @param requestId of the declaration
     * @param unknownTxPositionList positions in the declared list, from 0, the coinbase not counted
     */
    @MessageType(0x55)
    record ProvideMissingTransactions(
            @U32 long requestId, @Seq0_64K List<@U16 Integer> unknownTxPositionList) implements FromServer {
        public ProvideMissingTransactions {
            unknownTxPositionList = List.copyOf(unknownTxPositionList);
        }
    }

    /**
     * Section 6.4.8.
     *
     * @param requestId of the declaration
     * @param transactionList whole transactions in the order asked for
     */
    @MessageType(value = 0x56, name = "ProvideMissingTransactions.Success")
    record ProvideMissingTransactionsSuccess(
            @U32 long requestId, @Seq0_64K List<@B0_16M Bytes> transactionList) implements FromClient {
        public ProvideMissingTransactionsSuccess {
            transactionList = List.copyOf(transactionList);
        }
    }

    /**
     * Section 6.4.9.
     *
     * @param extranonce the whole extranonce
     * @param prevHash header previous hash
     * @param nonce header nonce
     * @param ntime header time
     * @param nbits header target
     * @param version header version
     */
    @MessageType(0x60)
    record PushSolution(
            @B0_32 Bytes extranonce,
            U256 prevHash,
            @U32 long nonce,
            @U32 long ntime,
            @U32 long nbits,
            @U32 long version)
            implements FromClient {}
}
