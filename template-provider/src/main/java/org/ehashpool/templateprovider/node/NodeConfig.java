package org.ehashpool.templateprovider.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.mining.coinbase.Network;

/** The bitcoin node's part of the configuration. */
public record NodeConfig(
        @Description("The node's JSON-RPC, as http://127.0.0.1:8332. Without it the embedded chain is the node.")
        Optional<URI> url,

        @Description("The node's cookie file, as ~/.bitcoin/.cookie. Not together with user and password.")
        Optional<Path> cookie,

        @Description("The user of the node's RPC.") Optional<String> user,

        @Description("The user's password.") Optional<Secret> password,

        @Description(
                "The node's -zmqpubhashblock, as tcp://127.0.0.1:28332: a new tip is known some milliseconds earlier.")
        Optional<String> zmq,

        @Description("The network that the node must follow.") @Default("regtest")
        Network network,

        @Description("How often templates on one tip are looked at for more fees.")
        @Default("30s")
        @Range(min = "1s", max = "10m")
        Duration templateInterval,

        @Description("Satoshis that a template must bring more than the one before, on the same tip.")
        @Default("1000")
        @Range(min = "0", max = "100000000")
        long feeDelta,

        @Description("How long templates are served when the node does not answer, or downloads the chain.")
        @Default("2m")
        @Range(min = "1s", max = "1h")
        Duration withdrawAfter,

        @Description("How often the node is asked for its state.") @Default("5s") @Range(min = "100ms", max = "5m")
        Duration statusInterval,

        @Description("How soon the node is asked again when it failed.") @Default("1s") @Range(min = "10ms", max = "1m")
        Duration retryDelay,

        @Description("How long an ordinary answer may take.") @Default("5s") @Range(min = "100ms", max = "5m")
        Duration timeout,

        @Description("How long a template may take.") @Default("20s") @Range(min = "100ms", max = "5m")
        Duration templateTimeout,

        @Description("How long the node may take to check a block.") @Default("60s") @Range(min = "1s", max = "10m")
        Duration submitTimeout) {

    /**
     * Checks what belongs together.
     *
     * @throws IllegalArgumentException if it does not
     */
    public NodeConfig {
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("user and password together");
        }
        if (cookie.isPresent() && user.isPresent()) {
            throw new IllegalArgumentException("either a cookie or a user and a password");
        }
        if (url.isEmpty() && network != Network.REGTEST) {
            throw new IllegalArgumentException("a url, since the embedded chain is a regtest");
        }
        if (url.isPresent() && cookie.isEmpty() && user.isEmpty()) {
            throw new IllegalArgumentException("a cookie, or a user and a password, for the node at url");
        }
    }

    NodeFollower.Settings followerSettings() {
        return new NodeFollower.Settings(
                network, templateInterval, feeDelta, withdrawAfter, statusInterval, retryDelay);
    }
}
