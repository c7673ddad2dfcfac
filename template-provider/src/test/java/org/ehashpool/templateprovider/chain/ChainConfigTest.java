package org.ehashpool.templateprovider.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.kit.config.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainConfigTest {
    record Whole(ChainConfig embeddedChain) {}

    @TempDir
    Path directory;

    private ChainConfig load(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), text);
        return ConfigLoader.of("template-provider", Whole.class)
                .load(Optional.of(file), Map.of())
                .value()
                .embeddedChain();
    }

    @Test
    void shouldHaveADefaultForEverything() throws Exception {
        ChainConfig config = load("[embedded_chain]");
        assertThat(config.parameters().bits()).isEqualTo(0x1e00_ffffL);
        assertThat(config.rpcListen()).isEqualTo(new HostPort("127.0.0.1", 18_443));
        assertThat(config.transactionsPerSecond()).isEqualTo(2.0);
        assertThat(config.login()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bits = '1e00fff'",
                "bits = 'xyz'",
                "bits = '00000000'",
                "bits = '2100ffff'",
                "rpc_user = 'alice'",
                "rpc_user = 'a:b'\nrpc_password = 'c'",
                "transactions_per_second = -1.0",
                "mempool_transactions = 0"
            })
    void shouldRefuseWhatCannotBe(String line) {
        assertThatThrownBy(() -> load("[embedded_chain]\n" + line)).hasMessageContaining("embedded_chain");
    }
}
