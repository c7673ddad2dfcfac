package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.ScriptedTemplateProvider;
import org.ehashpool.fixtures.TemplateChain;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Miners that break the rules or overdo it. A good miner beside them goes on getting jobs and acknowledgements. */
@Timeout(90)
class HostileMinersTest {
    private static final String TOO_MANY_SHARES = "too-many-shares";

    @TempDir
    private Path home;

    private final TemplateChain chain = TemplateChain.of(TemplateChain.HARD).withTransactions(3);
    private ScriptedTemplateProvider provider;

    @BeforeEach
    void startProvider() throws IOException {
        provider = ScriptedTemplateProvider.start(chain);
    }

    @AfterEach
    void stopProvider() throws IOException {
        provider.close();
    }

    private LocalPool pool(Map<String, String> overrides) {
        return LocalPool.start(home, overrides, provider.url());
    }

    /** Somebody found a block. Returns its hash. */
    private U256 nextBlock() {
        NewTemplate template = chain.future();
        SetNewPrevHash tip = chain.tip(template);
        provider.send(template, tip);
        return tip.prevHash();
    }

    @Test
    void shouldServeOthersWhenMessagesAreWrongForTheState() throws Exception {
        try (LocalPool pool = pool(Map.of());
                GoodMiner good = GoodMiner.on(pool.url())) {
            List<Message> beforeSetup = List.of(
                    share(1, 1, 1),
                    new OpenStandardMiningChannel(1, Text.of("easy"), 1, U256.MAX_VALUE),
                    new SetupConnectionSuccess(2, 0),
                    new CoinbaseOutputConstraints(1, 1));
            for (Message message : beforeSetup) {
                try (Peer hostile = Peer.dial(pool.url())) {
                    hostile.send(message);
                    hostile.awaitEnd();
                }
            }
            List<Message> afterwards = List.of(
                    Peer.setup(Protocol.MINING, 0),
                    new NewMiningJob(1, 1, OptionalLong.empty(), 1, U256.ZERO),
                    new SubmitSharesSuccess(1, 1, 1, 1),
                    new Reconnect(Text.of("elsewhere"), 1),
                    new RequestTransactionData(1));
            for (Message message : afterwards) {
                try (ScriptedMiner hostile = ScriptedMiner.connect(pool.url())) {
                    hostile.peer().send(message);
                    hostile.peer().awaitEnd();
                }
            }
            try (ScriptedMiner hostile = ScriptedMiner.connect(pool.url())) {
                hostile.peer().sendRaw(new byte[200]);
                hostile.peer().awaitEnd();
            }
            good.assertWorksOn(nextBlock());
        }
    }

    @Test
    void shouldRefuseAndServeOthersWhenChannelIsUnknown() throws Exception {
        try (LocalPool pool = pool(Map.of());
                GoodMiner good = GoodMiner.on(pool.url());
                ScriptedMiner hostile = ScriptedMiner.connect(pool.url())) {
            long others = good.channelId();
            hostile.peer()
                    .send(
                            share(others, 1, 1),
                            share(0xffff_ffffL, 2, 1),
                            new SubmitSharesStandard(others, 3, 1, 1, 1, 1),
                            new UpdateChannel(others, 1, U256.ZERO),
                            new CloseChannel(others, Text.of("bye")),
                            new CloseChannel(0xffff_ffffL, Text.of("bye")));
            hostile.barrier();

            assertThat(hostile.received().all(SubmitSharesError.class))
                    .extracting(
                            SubmitSharesError::sequenceNumber,
                            error -> error.errorCode().printable())
                    .containsExactly(
                            tuple(1L, "invalid-channel-id"),
                            tuple(2L, "invalid-channel-id"),
                            tuple(3L, "invalid-channel-id"));
            assertThat(hostile.received().await(UpdateChannelError.class).errorCode())
                    .isEqualTo(Text.of("invalid-channel-id"));
            good.assertWorksOn(nextBlock());
        }
    }

    @Test
    void shouldCountShareOnceWhenItIsReplayed() throws Exception {
        try (LocalPool pool = pool(Map.of());
                GoodMiner good = GoodMiner.on(pool.url());
                ScriptedMiner hostile = ScriptedMiner.connect(pool.url())) {
            long channel = hostile.openExtended(LocalPool.EASY, 8).id();
            Mining.FromClient share = hostile.share(channel);
            hostile.peer().send(share);
            hostile.awaitAccepted(share);
            Submission once = ScriptedMiner.submission(share);
            // The same work under other sequence numbers.
            for (int i = 1; i <= 100; i++) {
                hostile.peer().send(again(once, once.sequenceNumber() + i));
            }
            hostile.barrier();
            assertThat(hostile.received().all(SubmitSharesError.class))
                    .hasSize(100)
                    .allMatch(error -> error.errorCode().equals(Text.of("duplicate-share")));

            // A new job of the same previous hash forgets nothing.
            Traffic jobs = hostile.received().fromNow();
            provider.sendTemplate();
            jobs.await(NewExtendedMiningJob.class);
            hostile.peer().send(again(once, 1_000));
            assertThat(hostile.awaitRefused(again(once, 1_000))).isEqualTo("duplicate-share");

            U256 next = nextBlock();
            hostile.awaitWork(channel, next);
            hostile.peer().send(again(once, 1_001));
            assertThat(hostile.awaitRefused(again(once, 1_001))).isEqualTo("stale-share");
            assertThat(hostile.received().all(SubmitSharesSuccess.class)).hasSize(1);
            good.assertWorksOn(next);
        }
    }

    @Test
    void shouldRefuseSharesWhenTheirJobsAreStale() throws Exception {
        try (LocalPool pool = pool(Map.of());
                GoodMiner good = GoodMiner.on(pool.url());
                ScriptedMiner hostile = ScriptedMiner.connect(pool.url())) {
            long channel = hostile.openExtended(LocalPool.EASY, 8).id();
            List<Mining.FromClient> late = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                late.add(hostile.share(channel));
            }
            U256 next = nextBlock();
            hostile.awaitWork(channel, next);

            late.forEach(share -> hostile.peer().send(share));
            hostile.peer().send(share(channel, 1_000, 0xffff_fff0L));
            hostile.barrier();

            assertThat(hostile.received().all(SubmitSharesError.class)).hasSize(201);
            assertThat(hostile.received().all(SubmitSharesError.class).subList(0, 200))
                    .allMatch(error -> error.errorCode().equals(Text.of("stale-share")));
            assertThat(hostile.received().all(SubmitSharesError.class).getLast().errorCode())
                    .isEqualTo(Text.of("invalid-job-id"));
            hostile.received().assertNone(SubmitSharesSuccess.class);
            good.assertWorksOn(next);
        }
    }

    @Test
    void shouldEndTheConnectionWhenItFloodsShares() throws Exception {
        try (LocalPool pool = pool(Map.of("POOL__LIMITS__SHARES_PER_SECOND", "1", "POOL__LIMITS__SHARE_BURST", "100"));
                GoodMiner good = GoodMiner.on(pool.url());
                ScriptedMiner slowly = ScriptedMiner.connect(pool.url());
                ScriptedMiner atOnce = ScriptedMiner.connect(pool.url())) {
            long channel = slowly.openExtended(LocalPool.EASY, 8).id();
            long sequence = 0;
            while (slowly.received().all(SubmitSharesError.class).stream()
                    .noneMatch(error -> error.errorCode().equals(Text.of(TOO_MANY_SHARES)))) {
                sequence++;
                long sent = sequence;
                slowly.peer().send(share(channel, sent, 0xffff_fff0L));
                slowly.received().await(SubmitSharesError.class, error -> error.sequenceNumber() == sent);
            }
            assertThat(sequence).as("the burst is allowed").isGreaterThan(100).isLessThan(200);
            slowly.peer().awaitEnd();

            sendUntilRefused(atOnce.peer(), 3_000, number -> share(channel, number, 0xffff_fff0L));
            atOnce.peer().awaitEnd();
            assertThat(pool.metric("ehash_pool_floods_total")).isEqualTo(2);
            good.assertWorksOn(nextBlock());
        }
    }

    @Test
    void shouldRefuseChannelsAndThenEndTheConnectionWhenItFloodsRequests() throws Exception {
        try (LocalPool pool = pool(Map.of(
                        "POOL__LIMITS__CHANNELS", "8",
                        "POOL__LIMITS__MESSAGES_PER_SECOND", "1",
                        "POOL__LIMITS__MESSAGE_BURST", "100"));
                GoodMiner good = GoodMiner.on(pool.url());
                Peer hostile = Peer.dial(pool.url());
                Peer another = Peer.dial(pool.url())) {
            hostile.send(Peer.setup(Protocol.MINING, 0));
            for (int i = 1; i <= 100; i++) {
                hostile.send(open(i));
            }
            hostile.received().await(OpenMiningChannelError.class, error -> error.requestId() == 100);
            assertThat(hostile.received().all(OpenExtendedMiningChannelSuccess.class))
                    .hasSize(8);
            assertThat(hostile.received().all(OpenMiningChannelError.class))
                    .hasSize(92)
                    .allMatch(error -> error.errorCode().equals(Text.of("too-many-channels")));
            assertThat(hostile.hasEnded()).isFalse();

            another.send(Peer.setup(Protocol.MINING, 0));
            sendUntilRefused(another, 3_000, HostileMinersTest::open);
            another.awaitEnd();
            assertThat(pool.metric("ehash_pool_floods_total")).isEqualTo(1);
            good.assertWorksOn(nextBlock());
        }
    }

    @Test
    void shouldSayThatExtranoncesAreExhaustedAndGiveThemOutAgainAfterTheNextBlock() throws Exception {
        // 65,536 channels over 32 event loops.
        int share = 2_048;
        try (LocalPool pool = pool(Map.of(
                        "POOL__EXTRANONCE__CHANNEL_BYTES", "2",
                        "POOL__RUNTIME__EVENT_LOOPS", "32",
                        "POOL__LIMITS__CHANNELS", "100000",
                        "POOL__LIMITS__MESSAGE_BURST", "1000000"));
                GoodMiner good = GoodMiner.on(pool.url());
                Peer hostile = Peer.dial(pool.url())) {
            hostile.send(Peer.setup(Protocol.MINING, 0));
            for (int i = 1; i <= share + 100; i++) {
                hostile.send(open(i));
            }
            Traffic received = hostile.received();
            received.await(OpenMiningChannelError.class, error -> error.requestId() == share + 100);
            assertThat(received.all(OpenMiningChannelError.class))
                    .hasSizeGreaterThanOrEqualTo(100)
                    .allMatch(error -> error.errorCode().equals(Text.of("extranonce-exhausted")));
            List<OpenExtendedMiningChannelSuccess> opened = received.all(OpenExtendedMiningChannelSuccess.class);
            assertThat(opened).hasSizeGreaterThan(share / 2);
            assertThat(opened.stream().map(OpenExtendedMiningChannelSuccess::extranoncePrefix))
                    .doesNotHaveDuplicates();

            hostile.send(new CloseChannel(opened.getFirst().groupChannelId(), Text.of("bye")), open(100_000));
            assertThat(received.await(OpenMiningChannelError.class, error -> error.requestId() == 100_000)
                            .errorCode())
                    .as("not twice under one previous hash")
                    .isEqualTo(Text.of("extranonce-exhausted"));

            good.assertWorksOn(nextBlock());
            await().until(() -> {
                Traffic answer = hostile.received().fromNow();
                hostile.send(open(100_001));
                return answer.await(Mining.FromServer.class) instanceof OpenExtendedMiningChannelSuccess;
            });
        }
    }

    @Test
    void shouldServeOthersWhenAThousandConnectEachSecond() throws Exception {
        int connects = 2_400;
        List<Socket> silent = new ArrayList<>();
        try (LocalPool pool = pool(Map.of());
                GoodMiner good = GoodMiner.on(pool.url());
                ExecutorService connecting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Socket>> sockets = new ArrayList<>();
            for (int i = 0; i < connects; i++) {
                int number = i;
                sockets.add(connecting.submit(
                        () -> hostileConnect(number, pool.url().port())));
                if (i % 600 == 300) {
                    good.assertWorksOn(nextBlock());
                }
            }
            for (Future<Socket> socket : sockets) {
                silent.add(socket.get(30, TimeUnit.SECONDS));
            }
            good.assertWorksOn(nextBlock());
            try (GoodMiner newcomer = GoodMiner.on(pool.url())) {
                newcomer.assertUnharmed();
            } finally {
                close(silent);
            }
            good.assertUnharmed();
        }
    }

    /** One of those who never make a handshake: says nothing, speaks nonsense, or leaves at once. */
    private static Socket hostileConnect(int number, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (2 + number % 8)), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        switch (number % 4) {
            case 0 -> socket.close();
            case 1 -> socket.getOutputStream().write(new byte[64]);
            case 2 -> socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            case 3 -> socket.setTcpNoDelay(true);
        }
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Sends as many as are taken. */
    private static void sendUntilRefused(Peer peer, int most, IntFunction<Message> messages) {
        boolean taken = true;
        for (int i = 1; i <= most && taken; i++) {
            taken = peer.offer(messages.apply(i));
        }
    }

    private static OpenExtendedMiningChannel open(int requestId) {
        return new OpenExtendedMiningChannel(requestId, Text.of(LocalPool.EASY), 1, U256.MAX_VALUE, 8);
    }

    private static SubmitSharesExtended share(long channel, long sequence, long job) {
        return new SubmitSharesExtended(channel, sequence, job, 0, 0, 0x2000_0000L, Bytes.of(new byte[8]));
    }

    private static SubmitSharesExtended again(Submission share, long sequence) {
        return new SubmitSharesExtended(
                share.channelId(),
                sequence,
                share.jobId(),
                share.nonce(),
                share.time(),
                share.version(),
                share.extranonce());
    }
}
