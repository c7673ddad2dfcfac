package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.translator.work.MinerIdentity;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static final String KEY = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final String WALLET = "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";
    private static final Extensions BOTH = Extensions.of(WorkerTracking.EXTENSION, Ehash.EXTENSION);
    private static final MinerIdentity NAMED = new MinerIdentity("alice.rig", "alice", "rig", Optional.empty());
    private static final MinerIdentity KEYED =
            new MinerIdentity(KEY + ".rig", KEY, "rig", Optional.of(Bytes.fromHex(KEY)));

    private static Identities identities(String configured, String walletKey) {
        return new Identities(
                configured, () -> walletKey.isEmpty() ? Optional.empty() : Optional.of(Bytes.fromHex(walletKey)));
    }

    private static String channel(String configured, String walletKey, MinerIdentity who, Extensions granted) {
        return identities(configured, walletKey).ofChannel(who, granted).toString();
    }

    @Test
    void shouldPassTheMinersNameOnWhenNoAccountIsConfigured() {
        assertThat(channel("", "", NAMED, BOTH)).isEqualTo("alice.rig");
        assertThat(channel("", "", NAMED, Extensions.NONE)).isEqualTo("alice.rig");
        assertThat(channel("", WALLET, NAMED, BOTH)).isEqualTo("alice.rig");
    }

    @Test
    void shouldPutTheWorkerBehindTheAccountWhenOneIsConfigured() {
        assertThat(channel("farm", WALLET, NAMED, Extensions.NONE)).isEqualTo("farm.rig");
        assertThat(channel("farm", "", new MinerIdentity("bob", "bob", "", Optional.empty()), BOTH))
                .isEqualTo("farm.bob");
        assertThat(channel("farm", "", new MinerIdentity(KEY, KEY, "", Optional.of(Bytes.fromHex(KEY))), BOTH))
                .isEqualTo("farm");
        assertThat(channel("sri/solo/bc1qaddress", "", NAMED, BOTH)).isEqualTo("sri/solo/bc1qaddress/rig");
    }

    @Test
    void shouldNameTheKeyWhenThePoolTakesNoneAsSuch() {
        assertThat(channel("", WALLET, KEYED, Extensions.NONE)).isEqualTo(KEY + ".rig");
        assertThat(channel("", WALLET, NAMED, Extensions.NONE)).isEqualTo(WALLET + ".alice.rig");
        assertThat(channel("", "", KEYED, Extensions.of(WorkerTracking.EXTENSION)))
                .isEqualTo(KEY + ".rig");
    }

    @Test
    void shouldSendKeyAndWorkerBehindEachShareWhenGranted() {
        Identities identities = identities("", WALLET);

        assertThat(identities.behindShare(KEYED, BOTH))
                .containsExactly(WorkerTracking.userIdentity(Text.of("rig")), Ehash.lockingKey(Bytes.fromHex(KEY)));
        assertThat(identities.behindShare(NAMED, BOTH))
                .containsExactly(WorkerTracking.userIdentity(Text.of("rig")), Ehash.lockingKey(Bytes.fromHex(WALLET)));
        assertThat(identities.behindShare(NAMED, Extensions.NONE)).isEmpty();
        assertThat(identities.behindShare(new MinerIdentity("bob", "bob", "", Optional.empty()), BOTH))
                .startsWith(WorkerTracking.userIdentity(Text.of("bob")));
        assertThat(identities("", "").behindShare(NAMED, Extensions.of(Ehash.EXTENSION)))
                .isEmpty();
        assertThat(identities.behindOpen(identities.lockingKey(KEYED), BOTH))
                .isEqualTo(List.<Tlv>of(Ehash.lockingKey(Bytes.fromHex(KEY))));
        assertThat(identities.behindOpen(identities.lockingKey(KEYED), Extensions.NONE))
                .isEmpty();
    }

    @Test
    void shouldCutBetweenCharactersWhenANameIsTooLong() {
        assertThat(Identities.cut("a".repeat(31) + "é", 32).length()).isEqualTo(31);
        assertThat(Identities.cut("a".repeat(30) + "é", 32).toString()).isEqualTo("a".repeat(30) + "é");
        assertThat(Identities.cut("⛏".repeat(20), 32).toString()).isEqualTo("⛏".repeat(10));
        assertThat(Identities.cut("short", 32).toString()).isEqualTo("short");
        assertThat(channel("x".repeat(200), "", NAMED, BOTH)).endsWith("x.rig");
    }
}
