package org.ehashpool.templateprovider.chain.rpc;

import java.time.Duration;
import org.ehashpool.kit.config.HostPort;

/**
 * How the RPC is served.
 *
 * @param listen where
 * @param connections at a time; one more is closed
 * @param requestTimeout how long a connection may take to bring a whole request, from its opening or the last answer
 * @param longPollInterval how old a template must be for a mere change of the mempool to be told
 * @param longestPoll after which a long poll is answered in any case
 */
public record RpcSettings(
        HostPort listen, int connections, Duration requestTimeout, Duration longPollInterval, Duration longestPoll) {}
