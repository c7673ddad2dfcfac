package org.ehashpool.pool.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.pool.solo.SoloIdentity.Pooled;
import org.ehashpool.pool.solo.SoloIdentity.Refused;
import org.ehashpool.pool.solo.SoloIdentity.Solo;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoloIdentityTest {
    /** BIP 173's test vector, and its script. */
    private static final String ADDRESS = "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7";

    private static final OutputScript SCRIPT =
            new OutputScript(Bytes.fromHex("00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262"));

    private static final SoloConfig OFF = new SoloConfig(false, false);
    private static final SoloConfig ON = new SoloConfig(true, false);
    private static final SoloConfig LEGACY = new SoloConfig(true, true);

    private static SoloIdentity of(String identity, SoloConfig config) {
        return SoloIdentity.of(Text.of(identity.replace("ADDR", ADDRESS)), config, Network.TESTNET4);
    }

    @ParameterizedTest
    @CsvSource({
        "sri/solo/ADDR, 0",
        "sri/solo/ADDR/, 0",
        "sri/solo/ADDR/worker.1, 0",
        "sri/solo/ADDR/worker/subworker, 0",
        "sri/donate/1/ADDR, 1",
        "sri/donate/5/ADDR/worker.1, 5",
        "sri/donate/50/ADDR/worker/subworker, 50",
        "sri/donate/99/ADDR/, 99",
    })
    void shouldPayTheAddressWhenSoloMinersAreAllowed(String identity, int percent) {
        SoloIdentity expected = new Solo(new SoloPayout(SCRIPT, percent));

        assertThat(of(identity, ON)).isEqualTo(expected);
        assertThat(of(identity, LEGACY)).isEqualTo(expected);
        assertThat(of(identity, OFF)).isEqualTo(new Refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sri/donate", "sri/donate/", "sri/donate/worker.1", "sri/donate/50", "sri/donate/ADDR"})
    void shouldTakeAWholeDonation(String identity) {
        for (SoloConfig config : new SoloConfig[] {OFF, ON, LEGACY}) {
            assertThat(of(identity, config)).isEqualTo(new Pooled());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sri/",
                "sri//",
                "sri//ADDR",
                "sri/worker.1",
                "sri/ADDR",
                "sri/solo",
                "sri/solo/",
                "sri/solo//ADDR",
                "sri/solo/tb1qbalieiro/worker.1",
                "sri/solo/ADDR.worker",
                "sri/solo/ ADDR",
                "sri/solo/ADDR /w",
                "sri/solo/addr(ADDR)",
                "sri/solo/raw(51)",
                "sri/solo/bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "sri/solo/1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "sri/solo/bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080",
                "sri/solo/ADDR\u0000",
                "sri/solo/\u200bADDR",
                "sri/solo/ADDR\u202e/worker",
                "sri/donate/0/ADDR",
                "sri/donate/100/ADDR",
                "sri/donate/05/ADDR",
                "sri/donate/+5/ADDR",
                "sri/donate/-5/ADDR",
                "sri/donate/5%/ADDR",
                "sri/donate/5.5/ADDR",
                "sri/donate/\u0665/ADDR",
                "sri/donate/abc/ADDR",
                "sri/donate//ADDR",
                "sri/donate/99999999999999999999/ADDR",
                "sri/donate/5/",
                "sri/donate/5//ADDR",
                "sri/donate/5/worker",
                "sri/Solo/ADDR",
                "SRI/solo/ADDR",
                " sri/solo/ADDR",
                "sri /solo/ADDR",
                "sri/pool/ADDR",
            })
    void shouldRefuseWhatItCannotGrant(String identity) {
        for (SoloConfig config : new SoloConfig[] {OFF, ON, LEGACY}) {
            assertThat(of(identity, config)).isEqualTo(new Refused());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADDR", "ADDR.worker1", "ADDR.worker1.subworker", "ADDR/worker.1", "ADDR.", "ADDR/"})
    void shouldTakeAnAddressForANameUnlessConfiguredOtherwise(String identity) {
        assertThat(of(identity, OFF)).isEqualTo(new Pooled());
        assertThat(of(identity, ON)).isEqualTo(new Pooled());
        assertThat(of(identity, LEGACY)).isEqualTo(new Solo(SoloPayout.to(SCRIPT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "/",
                "//////",
                "alice",
                "alice.rig1",
                "cool_miner/worker.1",
                "sri",
                "sri.solo.ADDR",
                "sriracha/solo/ADDR",
                "other/donate/5/ADDR",
                "worker.ADDR",
                "addr(ADDR)",
                "raw(51)",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798.rig",
            })
    void shouldLeaveEverybodyElseToThePool(String identity) {
        for (SoloConfig config : new SoloConfig[] {OFF, ON, LEGACY}) {
            assertThat(of(identity, config)).isEqualTo(new Pooled());
        }
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(12);
        String[] beginnings = {"", "sri/", "sri/solo/", "sri/donate/5/", "sri/solo/" + ADDRESS, ADDRESS};
        for (int i = 0; i < 20_000; i++) {
            byte[] beginning = beginnings[i % beginnings.length].getBytes(StandardCharsets.US_ASCII);
            byte[] end = new byte[i % 3 == 0 ? 255 - beginning.length : random.nextInt(20)];
            random.nextBytes(end);
            Text identity = Text.of(Bytes.concat(Bytes.of(beginning), Bytes.of(end)));

            SoloIdentity outcome = SoloIdentity.of(identity, LEGACY, Network.TESTNET4);
            if (outcome instanceof Solo(SoloPayout payout)) {
                assertThat(payout.miner()).isEqualTo(SCRIPT);
                assertThat(end.length == 0 || end[0] == '.' || end[0] == '/').isTrue();
            }
        }
    }

    @Test
    void shouldTakeWorkersUpToTheLongestIdentity() {
        String worker = "\ud83d\udc37".repeat(100).substring(0, 90);
        String identity = "sri/solo/" + ADDRESS + "/" + worker;
        Text longest = Text.copyOf(Text.of(identity).bytes().toByteArray(), 0, 252);

        assertThat(SoloIdentity.of(longest, ON, Network.TESTNET4)).isEqualTo(new Solo(SoloPayout.to(SCRIPT)));
    }

    @Test
    void shouldRefuseAContradictoryConfiguration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoloConfig(false, true))
                .withMessageContaining("legacy_addresses");
    }
}
