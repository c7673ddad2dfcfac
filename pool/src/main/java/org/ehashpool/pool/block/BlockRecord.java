package org.ehashpool.pool.block;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.U256;

/**
 * A block that a miner of ours found. Immutable; also a file.
 *
 * @param hash its hash
 * @param height its height, -1 if its coinbase transaction does not say
 * @param previousHash the block before
 * @param foundAt when
 * @param user who found it: the channel's user identity, made printable
 * @param connectionId on which connection, of this process's numbers
 * @param channelId on which channel of it
 * @param providers to whom it was sent, as HOST:PORT, in order
 * @param value what its coinbase transaction pays, in satoshis
 * @param whole whether the whole block is kept beside this record
 * @param state what became of it
 * @param stateAt since when
 */
public record BlockRecord(
        U256 hash,
        int height,
        U256 previousHash,
        Instant foundAt,
        String user,
        long connectionId,
        long channelId,
        List<String> providers,
        long value,
        boolean whole,
        BlockState state,
        Instant stateAt) {

    public BlockRecord {
        providers = List.copyOf(providers);
        foundAt = foundAt.truncatedTo(ChronoUnit.MILLIS);
        stateAt = stateAt.truncatedTo(ChronoUnit.MILLIS);
    }

    BlockRecord withState(BlockState changed, Instant at) {
        return new BlockRecord(
                hash,
                height,
                previousHash,
                foundAt,
                user,
                connectionId,
                channelId,
                providers,
                value,
                whole,
                changed,
                at);
    }

    BlockRecord sentTo(List<String> names, Instant at) {
        return new BlockRecord(
                hash,
                height,
                previousHash,
                foundAt,
                user,
                connectionId,
                channelId,
                names,
                value,
                whole,
                BlockState.SUBMITTED,
                at);
    }

    BlockRecord asWhole() {
        return new BlockRecord(
                hash,
                height,
                previousHash,
                foundAt,
                user,
                connectionId,
                channelId,
                providers,
                value,
                true,
                state,
                stateAt);
    }

    /** For files and the API; amounts as decimal strings, times as epoch milliseconds. */
    JsonObject toJson() {
        return new JsonObject()
                .put("hash", hash.toHex())
                .put("height", height < 0 ? null : height)
                .put("previous_hash", previousHash.toHex())
                .put("found_at", foundAt.toEpochMilli())
                .put("user", user)
                .put("connection_id", connectionId)
                .put("channel_id", channelId)
                .put("providers", new JsonArray(providers))
                .put("coinbase_value", Long.toString(value))
                .put("whole", whole)
                .put("state", state.label())
                .put("state_at", stateAt.toEpochMilli());
    }

    /** Reads what {@link #toJson} wrote; empty if it is anything else. */
    static Optional<BlockRecord> parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            Optional<BlockState> state = BlockState.of(json.getString("state", ""));
            return state.map(known -> new BlockRecord(
                    U256.fromHex(json.getString("hash", "")),
                    json.getInteger("height", -1),
                    U256.fromHex(json.getString("previous_hash", "")),
                    Instant.ofEpochMilli(json.getLong("found_at", 0L)),
                    json.getString("user", ""),
                    json.getLong("connection_id", 0L),
                    json.getLong("channel_id", 0L),
                    json.getJsonArray("providers", new JsonArray()).stream()
                            .map(String::valueOf)
                            .toList(),
                    Long.parseLong(json.getString("coinbase_value", "")),
                    json.getBoolean("whole", false),
                    known,
                    Instant.ofEpochMilli(json.getLong("state_at", 0L))));
        } catch (DecodeException | IllegalArgumentException | ClassCastException broken) {
            return Optional.empty();
        }
    }
}
