package org.ehashpool.sv2.message;

import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.B0_32;
import org.ehashpool.sv2.type.B0_64K;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.F32;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The mining protocol. The server is the pool or the proxy upstream.
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#53-mining-protocol-messages">
 *     Mining protocol messages, section 5.3</a>
 */
public sealed interface Mining extends Message {
    /** Bit of {@code SetupConnection.flags}: the client cannot process extended jobs (section 5.3.1). */
    long REQUIRES_STANDARD_JOBS = 1;
    /** Bit of {@code SetupConnection.flags}: the client will send {@link SetCustomMiningJob} (section 5.3.1). */
    long REQUIRES_WORK_SELECTION = 1 << 1;
    /** Bit of {@code SetupConnection.flags}: the client needs version rolling (section 5.3.1). */
    long REQUIRES_VERSION_ROLLING = 1 << 2;
    /** Bit of {@code SetupConnection.Success.flags}: no change of the version field is accepted (section 5.3.1). */
    long REQUIRES_FIXED_VERSION = 1;
    /** Bit of {@code SetupConnection.Success.flags}: no standard channel is accepted (section 5.3.1). */
    long REQUIRES_EXTENDED_CHANNELS = 1 << 1;

    /** From the miner's side. */
    sealed interface FromClient extends Mining, Message.FromClient {}

    /** From the pool's side. */
    sealed interface FromServer extends Mining, Message.FromServer {}

    /**
     * Section 5.3.2.
     *
     * @param requestId pairs the answer
     * @param userIdentity who mines; unconstrained bytes
     * @param nominalHashRate hashes per second; 0 from a proxy without devices
     * @param maxTarget the easiest target the device can work with
     */
    @MessageType(0x10)
    record OpenStandardMiningChannel(
            @U32 long requestId,
            @Str0_255 Text userIdentity,
            @F32 float nominalHashRate,
            U256 maxTarget) implements FromClient {}

    /**
     * Section 5.3.3.
     *
     * @param requestId of the request
     * @param channelId unique within the connection, groups included
     * @param target first target of the channel
     * @param extranoncePrefix the channel's whole extranonce
     * @param groupChannelId the group that the channel belongs to
     */
    @MessageType(value = 0x11, name = "OpenStandardMiningChannel.Success")
    record OpenStandardMiningChannelSuccess(
            @U32 long requestId,
            @U32 long channelId,
            U256 target,
            @B0_32 Bytes extranoncePrefix,
            @U32 long groupChannelId)
            implements FromServer {}

    /**
     * Section 5.3.4.
     *
     * @param requestId pairs the answer
     * @param userIdentity who mines; unconstrained bytes
     * @param nominalHashRate hashes per second; 0 from a proxy without devices
     * @param maxTarget the easiest target the device can work with
     * @param minExtranonceSize bytes of extranonce that the client needs
     */
    @MessageType(0x13)
    record OpenExtendedMiningChannel(
            @U32 long requestId,
            @Str0_255 Text userIdentity,
            @F32 float nominalHashRate,
            U256 maxTarget,
            @U16 int minExtranonceSize)
            implements FromClient {}

    /**
     * Section 5.3.5.
     *
     * @param requestId of the request
     * @param channelId unique within the connection, groups included
     * @param target first target of the channel
     * @param extranonceSize bytes of extranonce left to the client
     * @param extranoncePrefix the first part of the extranonce
     * @param groupChannelId the group that the channel belongs to
     */
    @MessageType(value = 0x14, name = "OpenExtendedMiningChannel.Success")
    record OpenExtendedMiningChannelSuccess(
            @U32 long requestId,
            @U32 long channelId,
            U256 target,
            @U16 int extranonceSize,
            @B0_32 Bytes extranoncePrefix,
            @U32 long groupChannelId)
            implements FromServer {}

    /**
     * Section 5.3.6, the answer to either kind of request.
     *
     * @param requestId of the request
     * @param errorCode for instance {@code unknown-user}
     */
    @MessageType(value = 0x12, name = "OpenMiningChannel.Error")
    record OpenMiningChannelError(
            @U32 long requestId, @Str0_255 Text errorCode) implements FromServer {}

    /**
     * Section 5.3.7.
     *
     * @param channelId the channel
     * @param nominalHashRate hashes per second
     * @param maximumTarget the easiest target wanted: a ceiling, not a demand
     */
    @MessageType(value = 0x16, channel = true)
    record UpdateChannel(@U32 long channelId, @F32 float nominalHashRate, U256 maximumTarget) implements FromClient {}

    /**
     * Section 5.3.8.
     *
     * @param channelId the channel
     * @param errorCode for instance {@code invalid-channel-id}
     */
    @MessageType(value = 0x17, name = "UpdateChannel.Error", channel = true)
    record UpdateChannelError(@U32 long channelId, @Str0_255 Text errorCode) implements FromServer {}

    /**
     * Section 5.3.9.
     *
     * @param channelId a channel, or a group for all its channels
     * @param reasonCode why; no control characters
     */
    @MessageType(value = 0x18, channel = true)
    record CloseChannel(@U32 long channelId, @Str0_255 Text reasonCode) implements FromClient, FromServer {}

    /**
     * Section 5.3.10: "applicable for all jobs sent after this message".
     *
     * @param channelId a standard or extended channel, never a group
     * @param extranoncePrefix the new first part of the extranonce
     */
    @MessageType(value = 0x19, channel = true)
    record SetExtranoncePrefix(@U32 long channelId, @B0_32 Bytes extranoncePrefix) implements FromServer {}

    /**
     * Section 5.3.11.
     *
     * @param channelId a standard channel
     * @param sequenceNumber the submission's number within the channel
     * @param jobId the job worked on
     * @param nonce header nonce
     * @param ntime header time
     * @param version the whole header version
     */
    @MessageType(value = 0x1a, channel = true)
    record SubmitSharesStandard(
            @U32 long channelId,
            @U32 long sequenceNumber,
            @U32 long jobId,
            @U32 long nonce,
            @U32 long ntime,
            @U32 long version)
            implements FromClient {}

    /**
     * Section 5.3.12.
     *
     * @param channelId an extended channel
     * @param sequenceNumber the submission's number within the channel
     * @param jobId the job worked on
     * @param nonce header nonce
     * @param ntime header time
     * @param version the whole header version
     * @param extranonce what follows the prefix; exactly as long as the channel's extranonce size
     */
    @MessageType(value = 0x1b, channel = true)
    record SubmitSharesExtended(
            @U32 long channelId,
            @U32 long sequenceNumber,
            @U32 long jobId,
            @U32 long nonce,
            @U32 long ntime,
            @U32 long version,
            @B0_32 Bytes extranonce)
            implements FromClient {}

    /**
     * Section 5.3.13, for one or more shares.
     *
     * @param channelId the channel
     * @param lastSequenceNumber the last share covered
     * @param newSubmitsAcceptedCount shares since the last such message
     * @param newSharesSum their difficulties' sum
     */
    @MessageType(value = 0x1c, name = "SubmitShares.Success", channel = true)
    record SubmitSharesSuccess(
            @U32 long channelId,
            @U32 long lastSequenceNumber,
            @U32 long newSubmitsAcceptedCount,
            @U64 long newSharesSum)
            implements FromServer {}

    /**
     * Section 5.3.14.
     *
     * @param channelId the channel
     * @param sequenceNumber the share that is refused
     * @param errorCode for instance {@code stale-share}
     */
    @MessageType(value = 0x1d, name = "SubmitShares.Error", channel = true)
    record SubmitSharesError(
            @U32 long channelId,
            @U32 long sequenceNumber,
            @Str0_255 Text errorCode) implements FromServer {}

    /**
     * Section 5.3.15.
     *
     * @param channelId a standard channel
     * @param jobId the job
     * @param minNtime smallest header time; empty for a future job
     * @param version header version
     * @param merkleRoot header merkle root
     */
    @MessageType(value = 0x15, channel = true)
    record NewMiningJob(
            @U32 long channelId,
            @U32 long jobId,
            @U32 OptionalLong minNtime,
            @U32 long version,
            U256 merkleRoot) implements FromServer {}

    /**
     * Section 5.3.16.
     *
     * @param channelId an extended channel or a group
     * @param jobId the job
     * @param minNtime smallest header time; empty for a future job
     * @param version header version
     * @param versionRollingAllowed whether the general purpose bits (BIP 323) may be changed
     * @param merklePath from the deepest
     * @param coinbaseTxPrefix coinbase transaction before the extranonce, without BIP 141 fields
     * @param coinbaseTxSuffix coinbase transaction after the extranonce, without BIP 141 fields
     */
    @MessageType(value = 0x1f, channel = true)
    record NewExtendedMiningJob(
            @U32 long channelId,
            @U32 long jobId,
            @U32 OptionalLong minNtime,
            @U32 long version,
            boolean versionRollingAllowed,
            @Seq0_255 List<U256> merklePath,
            @B0_64K Bytes coinbaseTxPrefix,
            @B0_64K Bytes coinbaseTxSuffix)
            implements FromServer {
        public NewExtendedMiningJob {
            merklePath = List.copyOf(merklePath);
        }
    }

    /**
     * Section 5.3.17.
     *
     * @param channelId a channel or a group
     * @param jobId the future job to work on from now
     * @param prevHash header previous hash
     * @param minNtime smallest header time
     * @param nbits header target
     */
    @MessageType(value = 0x20, channel = true)
    record SetNewPrevHash(
            @U32 long channelId,
            @U32 long jobId,
            U256 prevHash,
            @U32 long minNtime,
            @U32 long nbits) implements FromServer {}

    /**
     * Section 5.3.18.
     *
     * @param channelId an extended channel or a group
     * @param requestId pairs the answer
     * @param miningJobToken from the job declaration server
     * @param version header version
     * @param prevHash header previous hash
     * @param minNtime smallest header time
     * @param nbits header target
     * @param coinbaseTxVersion coinbase nVersion
     * @param coinbasePrefix beginning of the coinbase script, at most 8 bytes
     * @param coinbaseTxInputNSequence coinbase input's nSequence
     * @param coinbaseTxOutputs consensus-serialised outputs behind a CompactSize count
     * @param coinbaseTxLocktime coinbase nLockTime
     * @param merklePath from the deepest
     */
    @MessageType(value = 0x22, channel = true)
    record SetCustomMiningJob(
            @U32 long channelId,
            @U32 long requestId,
            @B0_255 Bytes miningJobToken,
            @U32 long version,
            U256 prevHash,
            @U32 long minNtime,
            @U32 long nbits,
            @U32 long coinbaseTxVersion,
            @B0_255 Bytes coinbasePrefix,
            @WireName("coinbase_tx_input_nSequence") @U32 long coinbaseTxInputNSequence,
            @B0_64K Bytes coinbaseTxOutputs,
            @U32 long coinbaseTxLocktime,
            @Seq0_255 List<U256> merklePath)
            implements FromClient {
        public SetCustomMiningJob {
            merklePath = List.copyOf(merklePath);
        }
    }

    /**
     * Section 5.3.19.
     *
     * @param channelId the channel of the request
     * @param requestId of the request
     * @param jobId the job's number for shares
     */
    @MessageType(value = 0x23, name = "SetCustomMiningJob.Success", channel = true)
    record SetCustomMiningJobSuccess(
            @U32 long channelId, @U32 long requestId, @U32 long jobId) implements FromServer {}

    /**
     * Section 5.3.20.
     *
     * @param channelId the channel of the request
     * @param requestId of the request
     * @param errorCode for instance {@code invalid-mining-job-token}
     */
    @MessageType(value = 0x24, name = "SetCustomMiningJob.Error", channel = true)
    record SetCustomMiningJobError(
            @U32 long channelId,
            @U32 long requestId,
            @Str0_255 Text errorCode) implements FromServer {}

    /**
     * Section 5.3.21.
     *
     * @param channelId a channel or a group
     * @param maximumTarget for jobs sent from now on and for pending future jobs
     */
    @MessageType(value = 0x21, channel = true)
    record SetTarget(@U32 long channelId, U256 maximumTarget) implements FromServer {}

    /**
     * Section 5.3.22.
     *
     * @param groupChannelId the group
     * @param channelIds its new members
     */
    @MessageType(0x25)
    record SetGroupChannel(
            @U32 long groupChannelId, @Seq0_64K List<@U32 Long> channelIds) implements FromServer {
        public SetGroupChannel {
            channelIds = List.copyOf(channelIds);
        }
    }
}
