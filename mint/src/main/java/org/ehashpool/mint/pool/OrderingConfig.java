package org.ehashpool.mint.pool;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How the mint takes orders of pools. */
public record OrderingConfig(
        @Description(
                "What pools tell wallets of where the mint is; otherwise the first of info.urls, or the public port.")
        Optional<URI> mintUrl,

        @Description("Requests of one pool that may be unanswered.") @Default("1024") @Range(min = "1", max = "65535")
        int window,

        @Description("How long requests under way may take to be answered when the mint stops.")
        @Default("10s")
        @Range(min = "0s", max = "10m")
        Duration drain) {}
