package org.ehashpool.integration;

import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedPool;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** What a scripted pool says to a translator about channels. Every hash is a share, none of a test's few a block. */
final class ScriptedChannels {
    private static final long BITS = 0x1d00ffffL;
    private static final int EXTRANONCE_SIZE = 8;
    /** The height, and twelve bytes of extranonce. */
    private static final int SCRIPT_LENGTH = 3 + 12;

    private static final TransactionOutput NOBODY = new TransactionOutput(5_000_000_000L, Bytes.fromHex("6a"));

    private final Peer peer;
    private Traffic requests;

    /**
     * The translator's connection. The pool does not answer RequestExtensions: the translator asks twice, and is served
     * without extensions the third time.
     */
    static Peer client(ScriptedPool pool) {
        return pool.awaitClient(3);
    }

    ScriptedChannels(Peer peer) {
        this.peer = peer;
        requests = peer.received();
    }

    /** The next request for a channel. */
    OpenExtendedMiningChannel awaitRequest() {
        OpenExtendedMiningChannel request = requests.await(OpenExtendedMiningChannel.class);
        requests = requests.after(requests.awaitSighting(OpenExtendedMiningChannel.class));
        return request;
    }

    /** Grants the next request. */
    void grant(long channel, long group) {
        OpenExtendedMiningChannel request = awaitRequest();
        peer.send(new OpenExtendedMiningChannelSuccess(
                request.requestId(),
                channel,
                U256.MAX_VALUE,
                EXTRANONCE_SIZE,
                Bytes.of((byte) 0, (byte) 1, (byte) 0, (byte) channel),
                group));
    }

    /** A job for later, which pays nobody. */
    void futureJob(long channel, long job) {
        futureJob(channel, job, Bytes.EMPTY, List.of(NOBODY));
    }

    /**
     * A job for later.
     *
     * @param scriptEnd what comes after the extranonce in the coinbase transaction's script
     * @param outputs of the coinbase transaction
     */
    void futureJob(long channel, long job, Bytes scriptEnd, List<TransactionOutput> outputs) {
        Bytes prefix = Bytes.concat(
                Bytes.fromHex("02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"),
                Bytes.of((byte) (SCRIPT_LENGTH + scriptEnd.length())),
                Bytes.fromHex("025200"));
        Bytes suffix = Bytes.concat(scriptEnd, Bytes.fromHex("feffffff"), Bytes.of((byte) outputs.size()));
        for (TransactionOutput output : outputs) {
            suffix = Bytes.concat(suffix, output.serialized());
        }
        peer.send(new NewExtendedMiningJob(
                channel,
                job,
                OptionalLong.empty(),
                0x2000_0000L,
                true,
                List.of(),
                prefix,
                Bytes.concat(suffix, Bytes.of(new byte[4]))));
    }

    /** Another block, on which that job is worked. */
    void block(long channel, long job) {
        peer.send(new SetNewPrevHash(channel, job, U256.of(5_000 + job), 1_766_782_170L, BITS));
    }
}
