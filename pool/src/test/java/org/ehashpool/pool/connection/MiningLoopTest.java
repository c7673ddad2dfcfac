package org.ehashpool.pool.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.server.CustomJobs;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.pool.ban.BanList;
import org.ehashpool.pool.ledger.CommitObserver;
import org.ehashpool.pool.ledger.CommitSettings;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.pool.solo.SoloIdentity;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash.EhashMints;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiningLoopTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Text USER = Text.of("easy.rig1");
    private static final Bytes ROLL = Bytes.fromHex("0011223344556677");

    @TempDir
    private Path home;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> blocks = new ArrayList<>();
    private final StubLedger ledger = new StubLedger();
    private final List<StatsEvent> told = new ArrayList<>();
    private boolean accepting = true;
    private Optional<EhashMints> mints = Optional.empty();
    private long nanos = 1;
    private long millis = StubFeed.TIME * 1000;
    private LimitsConfig limits = Configs.limits(4, 100, 100);
    private StubFeed feed = new StubFeed(new JobNumbers(), StubFeed.HARD);

    @AfterAll
    static void close() {
        var _ = VERTX.close();
    }

    private final class Setting {
        final BanList bans = new BanList(home.resolve("bans.json"), VERTX, () -> Instant.ofEpochMilli(millis));
        final ExtranonceAllocator extranonces = ExtranonceAllocator.of(ExtranonceLayout.POOL, 0);
        final GroupCommit commit = new GroupCommit(
                ledger,
                new CommitSettings(Duration.ZERO, 8, 8, Duration.ofSeconds(10)),
                (time, task) -> tasks.add(task),
                () -> nanos,
                CommitObserver.NONE);
        final MiningLoop loop = new MiningLoop(
                tasks::add,
                new LoopResources(
                        extranonces,
                        new JobNumbers(),
                        new ShareValidator(),
                        new DoubleSha256(),
                        CustomJobs.UNSUPPORTED),
                commit,
                new Surroundings(
                        "boot",
                        () -> MiningRules.of(
                                Configs.shares(),
                                limits,
                                List.of(new UserConfig("easy", Optional.of(1e-10), Optional.empty())),
                                user -> new SoloIdentity.Pooled()),
                        () -> accepting,
                        () -> mints,
                        (block, connection, user) -> blocks.add(connection + " " + block.channelId() + " " + user),
                        bans,
                        new MiningMetrics(ServiceMetrics.create("pool", "test")),
                        told::add,
                        () -> Instant.ofEpochMilli(millis),
                        () -> nanos));

        MiningConnection connect(StubLink link) {
            return loop.open(link);
        }
    }

    private static final class StubLedger implements ShareLedger {
        final List<ShareCredit> credits = new ArrayList<>();
        Promise<List<Outcome>> last = Promise.promise();

        @Override
        public Future<List<Outcome>> commit(List<ShareCredit> batch) {
            credits.addAll(batch);
            last = Promise.promise();
            return last.future();
        }

        void succeed(Outcome... outcomes) {
            List<Outcome> all = new ArrayList<>();
            Collections.addAll(all, outcomes);
            last.complete(all);
        }
    }

    private void turns() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    private static Decoded message(Mining.FromClient message) {
        return new Decoded(message, List.of());
    }

    private static OpenExtendedMiningChannel extended(long request, Text user) {
        return new OpenExtendedMiningChannel(request, user, 1e9f, U256.MAX_VALUE, 8);
    }

    private static OpenStandardMiningChannel standard(long request) {
        return new OpenStandardMiningChannel(request, USER, 1e9f, U256.MAX_VALUE);
    }

    private long open(MiningConnection connection, StubLink link) {
        connection.receive(message(extended(1, USER)));
        return link.sent(OpenExtendedMiningChannelSuccess.class).getLast().channelId();
    }

    private SubmitSharesExtended share(long channel, long sequence) {
        long job = feed.snapshot().active().orElseThrow().job().id();
        return new SubmitSharesExtended(channel, sequence, job, sequence, StubFeed.TIME, 0x2000_0000L, ROLL);
    }

    @Test
    void shouldAcknowledgeSharesOfAChannelTogetherWhenTheirCommitIsDone() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);

        connection.receive(message(share(channel, 1)));
        connection.receive(new Decoded(share(channel, 2), List.of(WorkerTracking.userIdentity(Text.of("rig9")))));
        connection.receive(message(share(channel, 3)));
        turns();
        assertThat(link.sent(SubmitSharesSuccess.class)).isEmpty();
        ledger.succeed(ShareLedger.Outcome.RECORDED, ShareLedger.Outcome.RECORDED, ShareLedger.Outcome.RECORDED);
        turns();

        assertThat(link.sent(SubmitSharesSuccess.class)).singleElement().satisfies(success -> {
            assertThat(success.channelId()).isEqualTo(channel);
            assertThat(success.lastSequenceNumber()).isEqualTo(3);
            assertThat(success.newSubmitsAcceptedCount()).isEqualTo(3);
        });
        assertThat(ledger.credits).extracting(ShareCredit::sequenceNumber).containsExactly(1L, 2L, 3L);
        assertThat(ledger.credits.get(1).worker()).contains(Text.of("rig9"));
        assertThat(ledger.credits.getFirst())
                .returns("boot", ShareCredit::bootId)
                .returns(7L, ShareCredit::connectionId)
                .returns(USER, ShareCredit::userIdentity)
                .returns(U256.of(1), ShareCredit::previousHash);
        assertThat(connection.view().figures().accepted()).isEqualTo(3);
    }

    @Test
    void shouldTellOutcomesInTheOrderOfTheSharesWhenTheyDiffer() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);
        for (int i = 1; i <= 4; i++) {
            connection.receive(message(share(channel, i)));
        }
        turns();
        link.sent.clear();

        ledger.succeed(
                ShareLedger.Outcome.RECORDED,
                ShareLedger.Outcome.RECORDED,
                ShareLedger.Outcome.DUPLICATE,
                ShareLedger.Outcome.RECORDED);
        turns();

        assertThat(link.sent).hasSize(3);
        assertThat(link.sent.get(0))
                .isInstanceOfSatisfying(
                        SubmitSharesSuccess.class,
                        success -> assertThat(success.lastSequenceNumber()).isEqualTo(2));
        assertThat(link.sent.get(1)).isEqualTo(new SubmitSharesError(channel, 3, Text.of("duplicate-share")));
        assertThat(link.sent.get(2))
                .isInstanceOfSatisfying(
                        SubmitSharesSuccess.class,
                        success -> assertThat(success.lastSequenceNumber()).isEqualTo(4));
        assertThat(connection.view().channels().getFirst().figures().rejected()).containsEntry("duplicate-share", 1L);
    }

    @Test
    void shouldRefuseSharesWhenNoMoreMayBePending() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);

        for (int i = 1; i <= 9; i++) {
            connection.receive(message(share(channel, i)));
        }

        assertThat(link.sent(SubmitSharesError.class))
                .containsExactly(new SubmitSharesError(channel, 9, Text.of("storage-unavailable")));
    }

    @Test
    void shouldSubmitABlockBeforeAnythingElseAndCountIt() {
        feed = new StubFeed(new JobNumbers(), StubFeed.REGTEST);
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);

        for (int i = 1; i <= 8; i++) {
            connection.receive(message(share(channel, i)));
        }

        assertThat(blocks).isNotEmpty().allMatch(block -> block.equals("7 " + channel + " easy.rig1"));
        assertThat(connection.view().figures().blocks()).isEqualTo(blocks.size());
        assertThat(ledger.credits).as("not committed yet").isEmpty();
    }

    @Test
    void shouldSendTheSameFrameToEveryGroupWhenJobsChange() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        List<StubLink> links = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StubLink link = new StubLink(i, 0);
            links.add(link);
            MiningConnection connection = setting.connect(link);
            open(connection, link);
            connection.receive(message(standard(2)));
            link.sent.clear();
        }

        setting.loop.update(JobFrames.of(feed.future(), 2, nanos));
        setting.loop.update(JobFrames.of(feed.tip(2), 2, nanos));
        turns();

        for (StubLink link : links) {
            assertThat(link.sent).isEmpty();
            assertThat(link.frames).hasSize(2).isEqualTo(links.getFirst().frames);
            assertThat(link.frames.getFirst()).isSameAs(links.getFirst().frames.getFirst());
        }
    }

    @Test
    void shouldSendEachStandardChannelItsOwnJobWhenTheClientWantsThat() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, Mining.REQUIRES_STANDARD_JOBS);
        MiningConnection connection = setting.connect(link);
        connection.receive(message(standard(1)));
        connection.receive(message(standard(2)));
        link.sent.clear();

        setting.loop.update(JobFrames.of(feed.future(), 2, nanos));
        setting.loop.update(JobFrames.of(feed.tip(2), 2, nanos));
        turns();

        assertThat(link.sent(NewMiningJob.class)).hasSize(2);
        assertThat(link.sent(NewMiningJob.class).getFirst().merkleRoot())
                .isNotEqualTo(link.sent(NewMiningJob.class).getLast().merkleRoot());
        assertThat(link.sent(SetNewPrevHash.class)).hasSize(2);
        assertThat(link.frames).isEmpty();
    }

    @Test
    void shouldTellAConnectionThatIsOpenedWhileJobsAreSentNothingTwice() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        for (int i = 0; i < 200; i++) {
            StubLink link = new StubLink(i, 0);
            open(setting.connect(link), link);
        }
        JobUpdate update = feed.active();
        setting.loop.update(JobFrames.of(update, 2, nanos));

        StubLink late = new StubLink(900, 0);
        MiningConnection connection = setting.connect(late);
        open(connection, late);
        turns();

        assertThat(late.frames).isEmpty();
        assertThat(late.sent(NewExtendedMiningJob.class))
                .singleElement()
                .satisfies(job -> assertThat(job.jobId())
                        .isEqualTo(feed.snapshot().active().orElseThrow().job().id()));
    }

    @Test
    void shouldBringWhatAConnectionLacksAtOnceWhenChangesOvertakeEachOther() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        List<StubLink> links = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StubLink link = new StubLink(i, 0);
            links.add(link);
            open(setting.connect(link), link);
        }
        setting.loop.update(JobFrames.of(feed.future(), 2, nanos));
        assertThat(links.stream().filter(link -> !link.frames.isEmpty())).hasSize(128);
        StubLink late = new StubLink(900, 0);
        open(setting.connect(late), late);

        setting.loop.update(JobFrames.of(feed.tip(2), 2, nanos));
        tasks.remove().run();

        assertThat(links.stream().filter(link -> link.frames.size() == 2)).hasSize(128);
        assertThat(links.stream().filter(link -> link.frames.size() == 1)).hasSize(128);
        turns();
        for (StubLink link : links) {
            assertThat(link.frames).hasSize(2).isEqualTo(links.getFirst().frames);
        }
        assertThat(late.frames).singleElement().isSameAs(links.getFirst().frames.getLast());
    }

    @Test
    void shouldComeToAnEndWhenEveryConnectionClosesWhileJobsAreSent() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        List<MiningConnection> connections = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StubLink link = new StubLink(i, 0);
            MiningConnection connection = setting.connect(link);
            connections.add(connection);
            open(connection, link);
        }
        setting.loop.update(JobFrames.of(feed.future(), 2, nanos));
        setting.loop.update(JobFrames.of(feed.tip(2), 2, nanos));

        connections.forEach(connection -> setting.loop.close(connection, "peer_closed"));
        turns();
        StubLink next = new StubLink(900, 0);
        open(setting.connect(next), next);
        setting.loop.update(JobFrames.of(feed.active(), 2, nanos));

        assertThat(next.frames).hasSize(1);
    }

    @Test
    void shouldFreeExtranoncesOnlyWhenAllConnectionsHaveTheNewTip() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);
        assertThat(setting.extranonces.inUse()).isEqualTo(1);

        setting.loop.close(connection, "peer_closed");

        assertThat(setting.extranonces.inUse()).isZero();
        assertThat(setting.loop.connection(7)).isNull();
        connection.receive(message(share(channel, 1)));
        assertThat(ledger.credits).isEmpty();
    }

    @Test
    void shouldCloseOnlyTheConnectionThatABugConcerns() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink broken = new StubLink(1, Mining.REQUIRES_STANDARD_JOBS);
        StubLink sound = new StubLink(2, Mining.REQUIRES_STANDARD_JOBS);
        setting.connect(broken).receive(message(standard(1)));
        setting.connect(sound).receive(message(standard(1)));
        sound.sent.clear();
        broken.broken = true;

        setting.loop.update(JobFrames.of(feed.active(), 2, nanos));
        turns();

        assertThat(broken.closed).isEqualTo("internal_error");
        assertThat(sound.closed).isNull();
        assertThat(sound.sent(NewMiningJob.class)).hasSize(1);
    }

    @Test
    void shouldAnswerAndCloseWhenSharesFlood() {
        feed.mine(1);
        limits = Configs.limits(4, 3, 100);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);

        for (int i = 1; i <= 6; i++) {
            connection.receive(message(share(channel, i)));
        }

        assertThat(link.sent(SubmitSharesError.class))
                .containsExactly(new SubmitSharesError(channel, 4, Text.of("too-many-shares")));
        assertThat(link.closed).isEqualTo("frame_rate: more than 3 shares a second");
        assertThat(setting.extranonces.inUse()).isZero();
    }

    @Test
    void shouldAnswerAndCloseWhenRequestsFlood() {
        limits = Configs.limits(2, 100, 5);
        Setting setting = new Setting();
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);

        for (int i = 1; i <= 6; i++) {
            connection.receive(message(extended(i, USER)));
        }

        assertThat(link.sent(OpenMiningChannelError.class))
                .containsExactly(
                        new OpenMiningChannelError(3, Text.of("too-many-channels")),
                        new OpenMiningChannelError(4, Text.of("too-many-channels")),
                        new OpenMiningChannelError(5, Text.of("too-many-channels")),
                        new OpenMiningChannelError(6, Text.of("too-many-requests")));
        assertThat(link.closed).isEqualTo("frame_rate: more than 5 requests a second");
    }

    @Test
    void shouldRecoverFromABurstWhenTimePasses() {
        limits = Configs.limits(100, 100, 2);
        Setting setting = new Setting();
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);

        for (int i = 0; i < 10; i++) {
            connection.receive(message(extended(i, USER)));
            nanos += TimeUnit.MILLISECONDS.toNanos(500);
        }

        assertThat(link.closed).isNull();
    }

    @Test
    void shouldReadNothingFromAMinerThatDoesNotRead() {
        Setting setting = new Setting();
        StubLink link = new StubLink(7, 0);
        link.writable = false;

        setting.connect(link).receive(message(extended(1, USER)));

        assertThat(link.paused).isTrue();
    }

    @Test
    void shouldEndAConnectionThatSendsWhatDoesNotBelongThere() {
        Setting setting = new Setting();
        MiningConnection connection = setting.connect(new StubLink(7, 0));

        assertThatThrownBy(() -> connection.receive(new Decoded(new Common.Reconnect(Text.EMPTY, 0), List.of())))
                .isInstanceOf(PeerViolationException.class);
        connection.receive(new Decoded(new Common.ChannelEndpointChanged(1), List.of()));
    }

    @Test
    void shouldAnswerRequestsThatCannotBeGranted() {
        Setting setting = new Setting();
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);

        connection.receive(message(new UpdateChannel(99, 1, U256.MAX_VALUE)));
        connection.receive(message(new CloseChannel(99, Text.EMPTY)));
        connection.receive(message(new SetCustomMiningJob(
                1, 5, Bytes.EMPTY, 1, U256.of(1), 1, 1, 2, Bytes.EMPTY, 0, Bytes.EMPTY, 0, List.of())));

        assertThat(link.sent(UpdateChannelError.class)).hasSize(1);
        assertThat(link.sent(SetCustomMiningJobError.class))
                .extracting(SetCustomMiningJobError::errorCode)
                .containsExactly(Text.of("jd-not-supported"));
        assertThat(link.closed).isNull();
    }

    @Test
    void shouldRefuseBannedUsersAndCloseTheirChannels() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);
        // On disk, so that nothing is written any more when the directory is deleted.
        await().until(setting.bans.add(BanList.Subject.of(Text.of("easy")), Duration.ofHours(1), "test")::succeeded);

        setting.loop.enforceBans();
        turns();
        connection.receive(message(extended(2, USER)));

        assertThat(link.sent(CloseChannel.class)).containsExactly(new CloseChannel(channel, Text.of("banned")));
        assertThat(link.sent(OpenMiningChannelError.class))
                .containsExactly(new OpenMiningChannelError(2, Text.of("unknown-user")));
        assertThat(link.closed).isNull();
    }

    @Test
    void shouldShowConnectionsAndChannels() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);
        connection.receive(message(new UpdateChannel(channel, 5e9f, U256.MAX_VALUE)));
        List<MiningLoop.View> views = new ArrayList<>();

        setting.loop.view(views::add);
        turns();

        ConnectionView view = views.getFirst().connections().getFirst();
        assertThat(view.users()).containsExactly("easy.rig1");
        assertThat(view.peer()).isEqualTo("192.0.2.1:4000");
        assertThat(view.lastActivityAt()).isEqualTo(millis - 3_000);
        assertThat(view.channels()).singleElement().satisfies(one -> {
            assertThat(one.nominalHashRate()).isEqualTo(5e9f);
            assertThat(one.id()).isEqualTo(channel);
        });
    }

    @Test
    void shouldEaseTheTargetOfAMinerWhoseSharesDoNotCome() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        setting.connect(link)
                .receive(message(new OpenExtendedMiningChannel(1, Text.of("slow"), 1e15f, U256.MAX_VALUE, 8)));
        millis += TimeUnit.HOURS.toMillis(1);

        for (int i = 0; i < MiningLoop.TICKS; i++) {
            setting.loop.tick();
        }

        assertThat(link.sent(Mining.SetTarget.class)).hasSize(1);
    }

    private List<StatsEvent> told(String... types) {
        return told.stream()
                .filter(event -> List.of(types).contains(MessageJson.typeOf(event)))
                .toList();
    }

    @Test
    void shouldTellTheStatisticsOfAMinerItsChannelsAndItsShares() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 4);
        MiningConnection connection = setting.connect(link);
        long channel = open(connection, link);
        connection.receive(message(share(channel, 1)));
        connection.receive(message(share(channel, 2)));
        connection.receive(message(share(channel, 2)));
        turns();
        assertThat(told("share_accepted"))
                .as("what is not recorded is not accepted")
                .isEmpty();
        ledger.succeed(ShareLedger.Outcome.RECORDED, ShareLedger.Outcome.DUPLICATE);
        turns();
        setting.loop.tick();
        assertThat(told("share_accepted", "share_rejected")).isEmpty();
        millis += 5_000;
        setting.loop.tick();
        setting.loop.close(connection, "gone");

        BigInteger work = ledger.credits.getFirst().target().work();
        assertThat(told)
                .containsExactly(
                        new StatsEvent.DownstreamConnected(7, "mining", "192.0.2.1:4000", "vendor", "device", 4),
                        new StatsEvent.ChannelOpened(7, channel, "extended", "easy.rig1", 1e9f),
                        new StatsEvent.ShareAccepted(7, channel, 1, work),
                        new StatsEvent.ShareRejected(7, channel, "duplicate-share", 2),
                        new StatsEvent.DownstreamDisconnected(7, "gone"));
    }

    @Test
    void shouldTellTheStatisticsOfSharesThatAreRecordedWhenTheirMinerIsGone() {
        feed.mine(1);
        Setting setting = new Setting();
        setting.loop.begin(feed.snapshot());
        StubLink link = new StubLink(7, 0);
        MiningConnection connection = setting.connect(link);
        long first = open(connection, link);
        long second = open(connection, link);
        connection.receive(message(share(first, 1)));
        connection.receive(message(share(first, 2)));
        connection.receive(message(share(second, 1)));
        connection.receive(message(new Mining.CloseChannel(first, Text.of("bye"))));
        turns();
        setting.loop.close(connection, "gone");

        ledger.succeed(ShareLedger.Outcome.RECORDED, ShareLedger.Outcome.DUPLICATE, ShareLedger.Outcome.RECORDED);
        turns();

        assertThat(told("channel_closed")).containsExactly(new StatsEvent.ChannelClosed(7, first, "bye"));
        assertThat(told("share_accepted"))
                .extracting(event -> ((StatsEvent.ShareAccepted) event).channelId())
                .containsExactly(first, second);
        assertThat(told("share_accepted"))
                .extracting(event -> ((StatsEvent.ShareAccepted) event).work())
                .containsExactly(
                        ledger.credits.get(0).target().work(),
                        ledger.credits.get(2).target().work());
    }
}
