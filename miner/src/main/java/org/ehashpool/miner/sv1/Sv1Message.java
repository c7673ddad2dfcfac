package org.ehashpool.miner.sv1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** What a Stratum V1 server says, in types. */
public sealed interface Sv1Message {
    /**
     * The answer to a request.
     *
     * @param id of the request
     * @param result what it came to; a null node if it failed
     * @param error why it failed, in the server's words
     */
    record Answer(long id, JsonNode result, Optional<String> error) implements Sv1Message {}

    /**
     * {@code mining.notify}: a job.
     *
     * @param jobId the server's name for it
     * @param previousHash hash of the block before
     * @param coinbasePrefix coinbase transaction before the extranonce
     * @param coinbaseSuffix coinbase transaction after it
     * @param merklePath from the deepest
     * @param version header version
     * @param bits network target in compact form
     * @param time header time
     * @param clean whether the jobs before end
     */
    record Notify(
            String jobId,
            U256 previousHash,
            Bytes coinbasePrefix,
            Bytes coinbaseSuffix,
            List<U256> merklePath,
            @U32 long version,
            @U32 long bits,
            @U32 long time,
            boolean clean)
            implements Sv1Message {
        public Notify {
            merklePath = List.copyOf(merklePath);
        }
    }

    /** {@code mining.set_difficulty}. */
    record SetDifficulty(double difficulty) implements Sv1Message {}

    /**
     * {@code mining.set_extranonce}, for jobs to come.
     *
     * @param prefix the server's part
     * @param size bytes of ours
     */
    record SetExtranonce(Bytes prefix, int size) implements Sv1Message {}

    /** {@code mining.set_version_mask}: the bits of the version that may be rolled. */
    record SetVersionMask(@U32 long mask) implements Sv1Message {}

    /**
     * {@code client.reconnect}.
     *
     * @param host empty: the present one
     * @param port 0: the present one
     * @param waitSeconds how long to wait first
     */
    record Reconnect(String host, int port, int waitSeconds) implements Sv1Message {}

    /** {@code client.show_message}. */
    record ShowMessage(String text) implements Sv1Message {}

    /** A request that wants an answer; we know only {@code client.get_version}. */
    record Request(JsonNode id, String method) implements Sv1Message {}

    /** A notification of a kind that we do not know, which is no offence. */
    record Unknown(String method) implements Sv1Message {}
}
