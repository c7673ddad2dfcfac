package org.ehashpool.templateprovider;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.function.Supplier;
import org.ehashpool.kit.bitcoin.BitcoinNode;
import org.ehashpool.kit.bitcoin.BitcoinRpc;
import org.ehashpool.kit.bitcoin.RpcCredentials;
import org.ehashpool.kit.bitcoin.RpcSettings;
import org.ehashpool.templateprovider.chain.EmbeddedNode;
import org.ehashpool.templateprovider.node.NodeConfig;

/**
 * Where the node is, whichever it is.
 *
 * @param url its JSON-RPC
 * @param credentials how it knows us
 */
record NodeConnection(Supplier<URI> url, RpcCredentials credentials) {
    /** The configured node's; the configuration has a URL. */
    static NodeConnection of(NodeConfig config) {
        URI url = config.url().orElseThrow();
        RpcCredentials credentials = config.cookie()
                .<RpcCredentials>map(RpcCredentials.Cookie::new)
                .orElseGet(() -> new RpcCredentials.Login(
                        config.user().orElseThrow(), config.password().orElseThrow()));
        return new NodeConnection(() -> url, credentials);
    }

    /** Of the chain in this process, which knows its address once it has started. */
    static NodeConnection of(EmbeddedNode node) {
        return new NodeConnection(
                () -> URI.create("http://" + node.address()), new RpcCredentials.Cookie(node.cookieFile()));
    }

    /** With connections of its own. */
    BitcoinNode open(Vertx vertx, NodeConfig config) {
        BitcoinNode.Timeouts timeouts = new BitcoinNode.Timeouts(
                config.timeout(),
                config.templateTimeout(),
                BitcoinNode.Timeouts.DEFAULT.longPoll(),
                config.submitTimeout());
        return new BitcoinNode(new BitcoinRpc(vertx, RpcSettings.of(url.get(), credentials)), timeouts);
    }
}
