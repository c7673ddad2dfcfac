package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.pool.connection.EhashNotice;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.sv2.message.Common.ChannelEndpointChanged;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Ehash.EhashMints;
import org.ehashpool.sv2.message.Ehash.EhashQuoteFailed;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.TlvField;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a share is, and what those who are paid are told. */
class PayeeTest {
    private static final String ONE = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final Bytes TWO = key("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");
    private static final Bytes THREE = key("02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9");
    /** There is no y for this x. */
    private static final String NO_POINT = "02" + "00".repeat(31) + "05";

    private static final EhashMints MINTS =
            new EhashMints(List.of(new Ehash.Mint(Text.of("https://mint.example"), TWO.slice(1, 32), Text.of("hash"))));

    @TempDir
    private Path home;

    private final List<ShareCredit> credits = new CopyOnWriteArrayList<>();

    private static Bytes key(String hex) {
        return Bytes.fromHex(hex);
    }

    private PoolScenario pool(long bits) {
        return new PoolScenario(
                home,
                bits,
                batch -> {
                    credits.addAll(batch);
                    return Future.succeededFuture(Collections.nCopies(batch.size(), ShareLedger.Outcome.RECORDED));
                },
                Map.of("POOL__USERS__1__NAME", ONE, "POOL__USERS__1__FIXED_DIFFICULTY", "1e-10"));
    }

    @Test
    void shouldPayTheSharesKeyElseTheChannelsElseTheIdentitys() {
        try (PoolScenario pool = pool(StubFeed.HARD)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0, Ehash.EXTENSION, 2);

            miner.connection.send(miner.extendedRequest(ONE), List.of(Ehash.lockingKey(TWO)));
            miner.awaitMessage(OpenExtendedMiningChannelSuccess.class, 1);
            long keyed = miner.received(OpenExtendedMiningChannelSuccess.class)
                    .getLast()
                    .channelId();
            await().until(() -> miner.work(keyed).isPresent());
            long nobody = miner.openExtended("easy");

            miner.submit(keyed, 1);
            await().until(() -> credits.size() == 1);
            miner.submit(keyed, 1, Ehash.lockingKey(THREE));
            await().until(() -> credits.size() == 2);
            miner.submit(nobody, 1);
            await().until(() -> credits.size() == 3);
            miner.submit(nobody, 1, Ehash.lockingKey(THREE));
            await().until(() -> credits.size() == 4);
            miner.connection.send(new ChannelEndpointChanged(keyed));
            miner.submit(keyed, 1);
            await().until(() -> credits.size() == 5);

            assertThat(credits)
                    .extracting(ShareCredit::lockingKey)
                    .containsExactly(
                            Optional.of(TWO),
                            Optional.of(THREE),
                            Optional.empty(),
                            Optional.of(THREE),
                            Optional.of(key(ONE)));
        }
    }

    @Test
    void shouldPayTheIdentitysKeyWhenTheMinerKnowsNothingOfTheExtension() {
        try (PoolScenario pool = pool(StubFeed.HARD)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long channel = miner.openExtended(ONE + ".rig");

            miner.submit(channel, 1);
            await().until(() -> credits.size() == 1);

            assertThat(credits.getFirst().lockingKey()).contains(key(ONE));
            assertThat(miner.received(Ehash.EhashMints.class)).isEmpty();
        }
    }

    @Test
    void shouldRefuseAChannelWhenItsKeyIsNoPoint() {
        try (PoolScenario pool = pool(StubFeed.HARD)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0, Ehash.EXTENSION);
            Text code = Text.of("invalid-locking-key");

            miner.connection.send(miner.extendedRequest(NO_POINT + ".rig"));
            assertThat(miner.awaitMessage(OpenMiningChannelError.class, 1).errorCode())
                    .isEqualTo(code);
            miner.connection.send(miner.extendedRequest("easy"), List.of(Ehash.lockingKey(key(NO_POINT))));
            assertThat(miner.awaitMessage(OpenMiningChannelError.class, 2).errorCode())
                    .isEqualTo(code);
            miner.connection.send(miner.extendedRequest("easy"), List.of(new Tlv(TlvField.LOCKING_KEY, key("0279"))));
            assertThat(miner.awaitMessage(OpenMiningChannelError.class, 3).errorCode())
                    .isEqualTo(code);
        }
    }

    @Test
    void shouldSubmitTheBlockAndRefuseTheShareWhenItsKeyIsNoPoint() {
        try (PoolScenario pool = pool(StubFeed.REGTEST)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0, Ehash.EXTENSION);
            long channel = miner.openExtended("easy");

            miner.submit(channel, 20, Ehash.lockingKey(key(NO_POINT)));

            assertThat(miner.awaitMessage(SubmitSharesError.class, 20).errorCode())
                    .isEqualTo(Text.of("invalid-locking-key"));
            assertThat(pool.blocks).isNotEmpty();
            assertThat(credits).isEmpty();
        }
    }

    @Test
    void shouldRefuseSharesWhenThePoolMayNotAcceptAny() {
        try (PoolScenario pool = pool(StubFeed.HARD)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long channel = miner.openExtended("easy");
            pool.accepting = false;
            miner.submit(channel, 1);
            assertThat(miner.awaitMessage(SubmitSharesError.class, 1).errorCode())
                    .isEqualTo(Text.of("storage-unavailable"));

            pool.accepting = true;
            miner.submit(channel, 1);
            assertThat(miner.awaitMessage(SubmitSharesSuccess.class, 1).newSubmitsAcceptedCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldTellThoseWhoNegotiatedOfMintsAndQuotes() {
        try (PoolScenario pool = pool(StubFeed.HARD)) {
            pool.mints = Optional.of(MINTS);
            pool.feed.mine(1);
            MinerPeer knowing = pool.connect(0, Ehash.EXTENSION);
            MinerPeer ignorant = pool.connect(0);
            assertThat(knowing.awaitMessage(EhashMints.class, 1)).isEqualTo(MINTS);

            EhashMints none = new EhashMints(List.of());
            pool.mints = Optional.of(none);
            pool.miners.miners().mintsChanged();
            assertThat(knowing.awaitMessage(EhashMints.class, 2)).isEqualTo(none);

            EhashQuoteFailed failed = new EhashQuoteFailed(1, 2, U256.of(3), Text.of("conflict"));
            List<EhashNotice> notices = new ArrayList<>();
            for (long connection = 0; connection < 10; connection++) {
                notices.add(new EhashNotice(connection, failed));
            }
            pool.miners.miners().notices(notices);
            assertThat(knowing.awaitMessage(EhashQuoteFailed.class, 1)).isEqualTo(failed);

            long channel = ignorant.openExtended("easy");
            assertThat(channel).isNotZero();
            assertThat(ignorant.received).noneMatch(Ehash.class::isInstance);
        }
    }
}
