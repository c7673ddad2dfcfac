package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ehashpool.templateprovider.chain.mempool.Mempool;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;

/** What is asked of a node that has no network. */
final class NodeMethods {
    /** The release of Bitcoin Core whose interface this follows. */
    private static final int CORE_VERSION = 300_000;

    private static final int PROTOCOL_VERSION = 70_016;

    private final EmbeddedChain chain;
    private final long started;

    NodeMethods(EmbeddedChain chain) {
        this.chain = chain;
        this.started = chain.now();
    }

    List<RpcMethod> methods() {
        return List.of(
                RpcMethod.of("getconnectioncount", call -> IntNode.valueOf(0)),
                RpcMethod.of("getnetworkinfo", call -> network()),
                RpcMethod.of("stop", NodeMethods::stop),
                RpcMethod.of("uptime", call -> LongNode.valueOf(chain.now() - started)));
    }

    private static JsonNode network() {
        ObjectNode object = Json.object()
                .put("version", CORE_VERSION)
                .put("subversion", "/ehashpool-embedded-chain/")
                .put("protocolversion", PROTOCOL_VERSION)
                .put("localservices", "0000000000000000")
                .put("localrelay", false)
                .put("timeoffset", 0)
                .put("networkactive", false)
                .put("connections", 0)
                .put("connections_in", 0)
                .put("connections_out", 0)
                .put("relayfee", Json.bitcoin(Mempool.MIN_FEE_RATE))
                .put("incrementalfee", Json.bitcoin(Mempool.MIN_FEE_RATE));
        object.putArray("localservicesnames");
        object.putArray("networks");
        object.putArray("localaddresses");
        object.putArray("warnings");
        return object;
    }

    private static JsonNode stop(RpcParameters call) throws RpcException {
        throw new RpcException(
                RpcException.Code.MISC, "The embedded chain lives in the template provider: stop that process instead");
    }
}
