package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.junit.jupiter.api.Test;

class PoolConfigTest {
    private static final String REGTEST = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

    private static PoolConfig load(Map<String, String> more) throws ConfigException {
        Map<String, String> environment = new HashMap<>(PoolScenario.REQUIRED);
        environment.putAll(more);
        return ConfigLoader.of("pool", PoolConfig.class)
                .load(Optional.empty(), environment)
                .value();
    }

    @Test
    void shouldHaveDefaultsThatServeMiners() throws ConfigException {
        PoolConfig config = load(Map.of());

        assertThat(config.sv2().listen()).hasToString("0.0.0.0:34254");
        assertThat(config.http().listen()).hasToString("127.0.0.1:9108");
        assertThat(config.extranonce().layout()).isEqualTo(ExtranonceLayout.POOL);
        assertThat(config.drain().reconnect()).isTrue();
        assertThat(config.versionRolling()).isTrue();
    }

    @Test
    void shouldShareTheRewardByWeight() throws ConfigException {
        PoolConfig config = load(Map.of(
                "POOL__PAYOUT__OUTPUTS__0__TO", REGTEST,
                "POOL__PAYOUT__OUTPUTS__0__WEIGHT", "3",
                "POOL__PAYOUT__OUTPUTS__1__TO", "raw(51)"));

        assertThat(config.jobs().payouts().parts())
                .extracting(PayoutOutputs.Part::weight)
                .containsExactly(3L, 1L);
        assertThat(config.network()).isEqualTo(Network.REGTEST);
    }

    @Test
    void shouldAskForRoomForSoloMinersOnlyWhenThereAreSome() throws ConfigException {
        assertThat(load(Map.of()).jobs().constraints()).isEqualTo(new CoinbaseOutputConstraints(31, 0));
        assertThat(load(Map.of("POOL__SOLO__ENABLED", "true")).jobs().constraints())
                .isEqualTo(new CoinbaseOutputConstraints(31 + 43, 4));
        assertThatThrownBy(() -> load(Map.of(
                        "POOL__SOLO__ENABLED",
                        "true",
                        "POOL__PAYOUT__OUTPUTS__0__TO",
                        "raw(" + "ac".repeat(9_003) + "ae".repeat(369) + ")")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no room");
    }

    @Test
    void shouldRefuseAnAddressOfAnotherNetwork() {
        assertThatThrownBy(() -> load(Map.of("POOL__PAYOUT__OUTPUTS__0__TO", REGTEST, "POOL__NETWORK", "mainnet")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("payout.outputs[0]");
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        for (Map<String, String> wrong : List.of(
                Map.of("POOL__PAYOUT__TAG", "x".repeat(33)),
                Map.of("POOL__EXTRANONCE__ROLLABLE_SIZES", "16,8"),
                Map.of("POOL__EXTRANONCE__SERVER_ID", "65536"),
                Map.of("POOL__SHARES__LINGER", "6ms"),
                Map.of("POOL__SHARES__BATCH", "9", "POOL__SHARES__PENDING", "8"),
                Map.of("POOL__USERS__0__NAME", "a", "POOL__USERS__0__FIXED_DIFFICULTY", "0"),
                Map.of("POOL__SOLO__LEGACY_ADDRESSES", "true"),
                Map.of("POOL__SHARES__MINIMUM_DIFFICULTY", "0"))) {
            assertThatThrownBy(() -> load(wrong)).as(wrong.toString()).isInstanceOf(ConfigException.class);
        }
    }
}
