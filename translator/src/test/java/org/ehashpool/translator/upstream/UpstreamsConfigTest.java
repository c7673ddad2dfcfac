package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.junit.jupiter.api.Test;

class UpstreamsConfigTest {
    private static final String URL =
            "stratum2+tcp://pool.example:34254/9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72";
    private static final FailoverConfig FAILOVER = new FailoverConfig(
            Duration.ofMillis(250),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1));

    private static UpstreamConfig upstream(String identity, boolean verify) {
        return new UpstreamConfig(URL, identity, Duration.ofSeconds(30), verify);
    }

    private static UpstreamsConfig config(ChannelsConfig.Mode mode, String key, UpstreamConfig... upstreams) {
        return new UpstreamsConfig(
                List.of(upstreams),
                new ChannelsConfig(mode, 4, 4, 256),
                new VardiffConfig(true, Optional.empty(), 1e12, 1, Duration.ofSeconds(30)),
                FAILOVER,
                ofKey(key.isEmpty() ? Optional.empty() : Optional.of(key)));
    }

    @Test
    void shouldTakePoolsInOrder() {
        UpstreamsConfig config = config(ChannelsConfig.Mode.PER_MINER, "", upstream("a", false), upstream("b", false));

        assertThat(config.upstreams()).extracting(UpstreamConfig::identity).containsExactly("a", "b");
        assertThat(config.channels().neededSize()).isEqualTo(8);
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> config(ChannelsConfig.Mode.PER_MINER, "")).hasMessageContaining("at least one");
        assertThatThrownBy(() -> config(ChannelsConfig.Mode.PER_MINER, "", upstream("a", false), upstream("a", false)))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> config(ChannelsConfig.Mode.AGGREGATED, "", upstream("", false)))
                .hasMessageContaining("an identity");
        assertThatThrownBy(() -> upstream("farm", true)).hasMessageContaining("verify_payout");
        assertThatThrownBy(() -> ofKey(Optional.of("04" + "11".repeat(32)))).hasMessageContaining("locking_key");
        assertThatThrownBy(() -> config(ChannelsConfig.Mode.PER_MINER, "02" + "ff".repeat(32), upstream("a", false)))
                .hasMessageContaining("point of the curve");
    }

    private static WalletConfig ofKey(Optional<String> key) {
        return wallet(key, false, List.of());
    }

    private static WalletConfig wallet(Optional<String> key, boolean enabled, List<String> mints) {
        return new WalletConfig(
                key,
                enabled,
                mints,
                Optional.empty(),
                Optional.empty(),
                false,
                new FaucetConfig(false, 100, 1_000, 100_000, 0, List.of()),
                new DatabaseConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        8,
                        64,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        8,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void shouldRefuseAWalletThatCannotBePaid() {
        assertThatThrownBy(() -> wallet(Optional.empty(), true, List.of())).hasMessageContaining("mints");
        assertThatThrownBy(() -> wallet(Optional.of("02" + "11".repeat(32)), true, List.of("https://mint.example")))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> wallet(Optional.empty(), true, List.of("http://mint.example")))
                .hasMessageContaining("https");
        assertThatThrownBy(
                        () -> wallet(Optional.empty(), true, List.of("https://mint.example", "https://MINT.example/")))
                .hasMessageContaining("once");
        assertThat(wallet(Optional.empty(), true, List.of("http://127.0.0.1:3338"))
                        .options()
                        .mints())
                .hasSize(1);
    }
}
