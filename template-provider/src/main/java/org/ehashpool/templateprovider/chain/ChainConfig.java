package org.ehashpool.templateprovider.chain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.mempool.Mempool;
import org.ehashpool.templateprovider.chain.rpc.RpcSettings;

/** The embedded chain's part of a service's configuration. */
public record ChainConfig(
        @Description("Where the blocks and the cookie file are; by default below $EHASH_HOME or ~/.local/share/ehash.")
        Optional<Path> directory,

        @Description("The compact target of every block, in hexadecimal; a chain keeps the one it was made with.")
        @Default("1e00ffff")
        String bits,

        @Description("Where the node's JSON-RPC is served.") @Default("127.0.0.1:18443")
        HostPort rpcListen,

        @Description("A user besides that of the cookie file.")
        Optional<String> rpcUser,

        @Description("That user's password.") Optional<Secret> rpcPassword,

        @Description("RPC connections at a time; one more is closed.") @Default("64") @Range(min = "1", max = "1024")
        int rpcConnections,

        @Description("How long an RPC connection may take to bring a whole request.")
        @Default("30s")
        @Range(min = "100ms", max = "1h")
        Duration rpcTimeout,

        @Description("How old a template must be for a long poll to be answered because of new transactions alone.")
        @Default("5s")
        @Range(min = "0ms", max = "1h")
        Duration longPollInterval,

        @Description("After which a long poll is answered in any case.") @Default("2m") @Range(min = "1s", max = "1h")
        Duration longestPoll,

        @Description("Transactions that the chain makes by itself; 0 for none.")
        @Default("2.0")
        @Range(min = "0.0", max = "1000.0")
        double transactionsPerSecond,

        @Description("Transactions that may wait for a block.") @Default("5000") @Range(min = "1", max = "50000")
        int mempoolTransactions,

        @Description("Bytes of transactions that may wait for a block.")
        @Default("32MiB")
        @Range(min = "1MiB", max = "300MiB")
        ByteSize mempoolSize) {

    private static final int DIGITS = 8;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public ChainConfig {
        if (rpcUser.isPresent() != rpcPassword.isPresent()) {
            throw new IllegalArgumentException("rpc_user and rpc_password together, or neither");
        }
        if (rpcUser.filter(user -> user.contains(":")).isPresent()) {
            throw new IllegalArgumentException("an rpc_user without a colon");
        }
        parameters(bits);
    }

    ChainParameters parameters() {
        return parameters(bits);
    }

    private static ChainParameters parameters(String bits) {
        if (bits.length() != DIGITS || !bits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("bits of eight hexadecimal digits such as \"1e00ffff\"");
        }
        return new ChainParameters(HexFormat.fromHexDigitsToLong(bits));
    }

    Optional<Secret> login() {
        return rpcUser.flatMap(user -> rpcPassword.map(password -> Secret.of(user + ":" + password.reveal())));
    }

    Mempool.Limits mempoolLimits() {
        return new Mempool.Limits(mempoolTransactions, mempoolSize.bytes());
    }

    RpcSettings rpcSettings() {
        return new RpcSettings(rpcListen, rpcConnections, rpcTimeout, longPollInterval, longestPoll);
    }
}
