package org.ehashpool.templateprovider;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.ehashpool.kit.bitcoin.BitcoinNode;
import org.ehashpool.kit.bitcoin.BitcoinRpc;
import org.ehashpool.kit.bitcoin.RpcCredentials;
import org.ehashpool.kit.bitcoin.RpcSettings;
import org.ehashpool.templateprovider.node.NodeConfig;

/**
 * Where the node is, whichever it is.
 *
 * @param url its JSON-RPC
 * @param credentials how it knows us
 */
record NodeConnection(Supplier<URI> url, RpcCredentials credentials) {
    private static final URI EMBEDDED = URI.create("http://127.0.0.1:18443");

    /**
     * The configured node's; without a URL that of a chain on this machine, whose cookie is in the data directory.
     *
     * @param directory of this service's data
     */
    static NodeConnection of(NodeConfig config, Path directory) {
        URI url = config.url().orElse(EMBEDDED);
        RpcCredentials credentials = config.user()
                .<RpcCredentials>map(
                        user -> new RpcCredentials.Login(user, config.password().orElseThrow()))
                .orElseGet(() -> new RpcCredentials.Cookie(
                        config.cookie().orElse(directory.resolve("chain").resolve(".cookie"))));
        return new NodeConnection(() -> url, credentials);
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
