package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** The node's methods that a pool needs. Each fails with an {@link RpcException} only. */
public final class BitcoinNode {
    /** Of a full block, each byte as two digits, with names and numbers around. */
    private static final int TEMPLATE_ANSWER = 32 << 20;

    /** What we know of (BIP 9, BIP 145); a node on signet wants to hear of its own rule, the others pass over it. */
    private static final List<String> RULES = List.of("segwit", "signet");

    private final BitcoinRpc rpc;
    private final Timeouts timeouts;

    /**
     * How long answers are waited for.
     *
     * @param ordinary of a call that is answered at once
     * @param template of getblocktemplate
     * @param longPoll of getblocktemplate that waits for a change; its end is no failure
     * @param submit of submitblock, during which the node checks the block
     */
    public record Timeouts(Duration ordinary, Duration template, Duration longPoll, Duration submit) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofSeconds(60));
    }

    public BitcoinNode(BitcoinRpc rpc, Timeouts timeouts) {
        this.rpc = rpc;
        this.timeouts = timeouts;
    }

    /** getblockchaininfo. */
    public Future<ChainInfo> chainInfo() {
        return rpc.call(RpcCall.of("getblockchaininfo", List.of(), timeouts.ordinary(), ChainInfo::of));
    }

    /** getconnectioncount: the number of peers. */
    public Future<Integer> connectionCount() {
        return rpc.call(RpcCall.of("getconnectioncount", List.of(), timeouts.ordinary(), result -> {
            if (!result.isIntegralNumber()) {
                throw new IllegalArgumentException("a number expected");
            }
            return result.intValue();
        }));
    }

    /** getblockheader of a block. */
    public Future<HeaderInfo> header(U256 hash) {
        return rpc.call(RpcCall.of("getblockheader", List.of(hash.toHex(), true), timeouts.ordinary(), HeaderInfo::of));
    }

    /** getblocktemplate as it is now. */
    public Future<BlockTemplate> template() {
        return template(Map.of("rules", RULES), timeouts.template());
    }

    /** getblocktemplate that is answered when there is something better than the template with this id. */
    public Future<BlockTemplate> templateAfter(String longPollId) {
        return template(Map.of("rules", RULES, "longpollid", longPollId), timeouts.longPoll());
    }

    private Future<BlockTemplate> template(Map<String, Object> request, Duration timeout) {
        return rpc.call(
                new RpcCall<>("getblocktemplate", List.of(request), timeout, TEMPLATE_ANSWER, BlockTemplate::of));
    }

    /**
     * submitblock.
     *
     * @return empty if the node took the block as its new best, otherwise its words (BIP 22), as {@code duplicate}
     */
    public Future<Optional<String>> submit(Bytes block) {
        return rpc.call(RpcCall.of("submitblock", List.of(block.toHex()), timeouts.submit(), BitcoinNode::words));
    }

    private static Optional<String> words(JsonNode result) {
        if (result.isNull()) {
            return Optional.empty();
        }
        if (!result.isTextual()) {
            throw new IllegalArgumentException("a text or null expected");
        }
        return Optional.of(result.textValue());
    }

    /** Ends calls that are under way. */
    public Future<Void> close() {
        return rpc.close();
    }
}
