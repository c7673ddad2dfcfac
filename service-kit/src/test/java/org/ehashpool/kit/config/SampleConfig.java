package org.ehashpool.kit.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One component of every kind. */
record SampleConfig(
        @Description("Where miners connect.") @Default("0.0.0.0:34254")
        HostPort listen,

        @Default("16") @Range(min = "1", max = "65535") int maxConnections,
        @Default("1") long unitWork,
        @Default("0.5") @Range(min = "0", max = "1") double fee,
        @Default("false") boolean verbose,
        @Default("5ms") @Range(max = "1s") @Reloadable Duration linger,

        @Default("64KiB") @Range(min = "1KiB", max = "16MiB")
        ByteSize frameLimit,

        @Default("data") Path directory,
        URI upstream,
        @Default("leading-zeros") @Reloadable Policy policy,
        Optional<String> nickname,
        @Default("[]") List<HostPort> peers,
        @Default("{}") @Reloadable Map<String, Integer> weights,
        @Default("{ port = 9108 }") Listen listenHttp,
        @Default("[]") List<Mint> mints,
        Optional<Secret> token) {

    enum Policy {
        WORK,
        LEADING_ZEROS
    }

    record Listen(
            @Default("80") @Range(min = "1", max = "65535") int port,
            @Default("127.0.0.1") String host) {
        Listen {
            if (host.isBlank()) {
                throw new IllegalArgumentException("a host that is not blank");
            }
        }
    }

    record Mint(URI url, @Default("hash") String unit, Optional<Secret> key) {}
}
