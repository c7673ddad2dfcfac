package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.upstream.ScriptedUpstream.Hall;
import org.ehashpool.translator.upstream.UpstreamSession.Trial;
import org.ehashpool.translator.work.Expectations;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareOutcome.Refused;
import org.ehashpool.translator.work.ShareRefusal;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.Test;

class UpstreamSessionTest {
    private static final ShareOutcome ACCEPTED = new ShareOutcome.Accepted();
    private static final U256 SECOND_BLOCK = U256.of(1002);

    private final Hall hall = new Hall(ChannelsConfig.Mode.PER_MINER);

    @Test
    void shouldOpenAChannelForEachMinerWhenItIsKnown() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        assertThat(pool.sent).isEmpty();

        hall.miner("alice");
        hall.miner("bob");

        assertThat(pool.sent(OpenExtendedMiningChannel.class))
                .extracting(request -> request.userIdentity().toString())
                .containsExactly("alice.rig", "bob.rig");
        assertThat(pool.sent(OpenExtendedMiningChannel.class))
                .allMatch(request -> request.minExtranonceSize() == 8 && request.nominalHashRate() == 1e12f);
    }

    @Test
    void shouldHandOutWorkWhoseCoinbaseIsTheChannels() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        pool.extranonceSize = 11;
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();

        Work work = miner.work();

        assertThat(work.coinbase1())
                .isEqualTo(Bytes.concat(
                        ScriptedUpstream.COINBASE_PREFIX, Bytes.of((byte) 7, (byte) 1), Bytes.of(new byte[3])));
        assertThat(work.coinbase2()).isEqualTo(ScriptedUpstream.COINBASE_SUFFIX);
        assertThat(work.previousHash()).isEqualTo(ScriptedUpstream.FIRST_BLOCK);
        assertThat(work.versionRollingMask()).isEqualTo(0x1fff_ffe0L);
        assertThat(work.target()).isEqualTo(Target.EASIEST);
        assertThat(miner.onlyValid).containsExactly(true);

        miner.submit(work);
        SubmitSharesExtended share = pool.shares().getFirst();
        assertThat(share.extranonce())
                .isEqualTo(Bytes.concat(
                        Bytes.of(new byte[3]), miner.place().extranonce().extranonce1(), Bytes.of(new byte[4])));
        assertThat(share.channelId()).isEqualTo(1);
    }

    @Test
    void shouldAnswerAsThePoolDecides() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        for (int i = 0; i < 3; i++) {
            miner.submit(miner.work());
        }
        assertThat(pool.shares())
                .extracting(SubmitSharesExtended::sequenceNumber)
                .containsExactly(0L, 1L, 2L);
        assertThat(miner.outcomes).isEmpty();

        pool.say(new SubmitSharesError(1, 1, Text.of("difficulty-too-low")), new SubmitSharesSuccess(1, 2, 2, 2));

        assertThat(miner.outcomes)
                .containsExactly(new Refused(ShareRefusal.LOW_DIFFICULTY, "difficulty-too-low"), ACCEPTED, ACCEPTED);
        assertThat(miner.place().hashRate()).isPositive();
    }

    @Test
    void shouldNeverSayAcceptedWhenTheCountDiffers() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        miner.submit(miner.work());
        miner.submit(miner.work());
        pool.say(new SubmitSharesSuccess(1, 1, 1, 1));
        assertThat(miner.outcomes).isEmpty();

        hall.pass(Duration.ofSeconds(30));

        assertThat(miner.outcomes).hasSize(2).allMatch(ShareOutcome.Unconfirmed.class::isInstance);
        pool.say(new SubmitSharesSuccess(1, 1, 1, 1), new SubmitSharesError(1, 0, Text.of("stale-share")));
        assertThat(miner.outcomes).as("answered once").hasSize(2);
    }

    @Test
    void shouldRefuseAtOnceWhatThePoolWouldRefuse() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        Work first = miner.work();
        miner.submit(first, 5);
        miner.submit(first, 5);
        MinedShare good = new MinedShare(miner.who, first, Bytes.of(new byte[4]), first.time(), 6, first.version());
        miner.submit(new MinedShare(good.who(), first, good.extranonce2(), first.time() - 1, 6, good.version()));
        miner.submit(new MinedShare(good.who(), first, good.extranonce2(), good.time(), 6, good.version() ^ 1));
        pool.say(new SetTarget(1, U256.ZERO));
        pool.job(ScriptedUpstream.GROUP);
        miner.submit(miner.work(), 7);
        pool.block(ScriptedUpstream.GROUP, SECOND_BLOCK);
        miner.submit(first, 8);

        assertThat(pool.shares()).hasSize(1);
        assertThat(miner.outcomes)
                .containsExactly(
                        new Refused(ShareRefusal.DUPLICATE, "duplicate-share"),
                        new Refused(ShareRefusal.OTHER, "invalid-share"),
                        new Refused(ShareRefusal.OTHER, "invalid-non-rollable-version-bit"),
                        new Refused(ShareRefusal.LOW_DIFFICULTY, "difficulty-too-low"),
                        new Refused(ShareRefusal.STALE, "stale-share"));
    }

    @Test
    void shouldLetThePoolJudgeSharesOfAJobThatWasReplaced() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        Work first = miner.work();
        pool.job(ScriptedUpstream.GROUP);
        assertThat(miner.onlyValid).containsExactly(true, false);

        miner.submit(first);

        assertThat(pool.shares()).singleElement().matches(share -> share.jobId() == 1);
        pool.say(new SubmitSharesSuccess(1, 0, 1, 1));
        assertThat(miner.outcomes).containsExactly(ACCEPTED);
    }

    @Test
    void shouldSendBlocksWhateverElseIsWrongWithThem() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grant();
        // Every hash is below the largest target that compact bits can express but for few.
        pool.say(
                new SetTarget(1, U256.ZERO),
                pool.message(1, OptionalLong.empty()),
                new SetNewPrevHash(1, 1, SECOND_BLOCK, 1_700_000_000L, 0x2100ffffL));
        Work work = miner.work();
        miner.submit(work, 1);
        pool.block(1, ScriptedUpstream.FIRST_BLOCK);
        miner.submit(work, 2);

        assertThat(pool.shares()).hasSize(2);
        pool.say(new SubmitSharesError(1, 1, Text.of("stale-share")));
        assertThat(miner.outcomes).containsExactly(new Refused(ShareRefusal.STALE, "stale-share"));
    }

    @Test
    void shouldPinTheTargetToTheJob() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();

        pool.say(new SetTarget(1, U256.of(77)), new SetExtranoncePrefix(1, Bytes.of((byte) 8, (byte) 8)));

        assertThat(miner.works).hasSize(1);
        miner.submit(miner.work());
        assertThat(pool.shares()).hasSize(1);
        pool.job(1);
        assertThat(miner.work().target()).isEqualTo(Target.of(U256.of(77)));
        assertThat(miner.work().coinbase1())
                .isEqualTo(Bytes.concat(ScriptedUpstream.COINBASE_PREFIX, Bytes.of((byte) 8, (byte) 8)));
    }

    @Test
    void shouldRefuseSharesWhenTooManyAreUnanswered() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        for (int i = 0; i < 100; i++) {
            miner.submit(miner.work());
        }
        assertThat(pool.shares()).hasSize(64);
        assertThat(miner.outcomes).hasSize(36).containsOnly(new Refused(ShareRefusal.OTHER, "too-many-unanswered"));
        pool.say(new SubmitSharesSuccess(1, 63, 64, 64));
        miner.submit(miner.work(), 99);
        assertThat(pool.shares()).as("it may come again").hasSize(65);
    }

    @Test
    void shouldAskAgainLaterWhenThePoolClosesAChannel() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        RecordingMiner other = hall.miner("bob");
        pool.grantWithWork();
        miner.submit(miner.work());
        other.submit(other.work());

        pool.say(new CloseChannel(1, Text.of("go away")));

        assertThat(miner.losses).singleElement().asString().contains("go away");
        assertThat(miner.outcomes).singleElement().isInstanceOf(ShareOutcome.Unconfirmed.class);
        assertThat(other.losses).isEmpty();
        hall.pass(Duration.ofMillis(900));
        assertThat(pool.sent(OpenExtendedMiningChannel.class)).hasSize(2);
        hall.pass(Duration.ofMillis(200));
        assertThat(pool.sent(OpenExtendedMiningChannel.class)).hasSize(3);
        pool.grant();
        pool.block(3, SECOND_BLOCK);
        assertThat(miner.onlyValid).containsExactly(true, true);
        assertThat(pool.left).isEmpty();
    }

    @Test
    void shouldCloseTheChannelWhenItsMinerLeaves() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        RecordingMiner hasty = hall.miner("bob");
        hasty.place().leave();
        pool.grantWithWork();
        miner.submit(miner.work());
        miner.place().leave();

        assertThat(pool.sent(CloseChannel.class))
                .extracting(CloseChannel::channelId)
                .containsExactly(2L, 1L);
        assertThat(miner.outcomes).isEmpty();
        assertThat(hasty.works).isEmpty();
        assertThat(hall.roster.places()).isZero();
        assertThat(hall.roster.admitted()).isZero();
    }

    @Test
    void shouldTurnAMinerAwayWhenOnlyItsNameIsNotKnown() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        hall.miner("alice");
        pool.grantWithWork();
        RecordingMiner stranger = hall.miner("mallory");

        pool.refuse("unknown-user");

        assertThat(stranger.refusals).singleElement().asString().contains("unknown-user");
        assertThat(pool.left).isEmpty();
        hall.pass(Duration.ofMinutes(5));
        assertThat(pool.sent(OpenExtendedMiningChannel.class)).hasSize(2);
    }

    @Test
    void shouldAskAgainWithoutAMinersWishWhenThePoolDoesNotGrantIt() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        Expectations wish = new Expectations(OptionalDouble.of(1e70), OptionalDouble.empty());
        RecordingMiner miner = hall.miner("mallory", wish);

        pool.refuse("max-target-out-of-range");

        assertThat(pool.left).isEmpty();
        assertThat(pool.sent(OpenExtendedMiningChannel.class))
                .extracting(OpenExtendedMiningChannel::maxTarget)
                .containsExactly(Target.ofDifficulty(1e70).value(), Target.EASIEST.value());
        pool.grantWithWork();
        assertThat(miner.works).hasSize(1);
    }

    @Test
    void shouldNotGiveThePoolUpWhenManyMinersWishForWhatItDoesNotGrant() {
        Expectations wish = new Expectations(OptionalDouble.of(1e70), OptionalDouble.empty());
        for (int i = 0; i < 40; i++) {
            hall.miner("mallory", wish);
        }
        hall.miner("alice");
        ScriptedUpstream pool = new ScriptedUpstream(hall, 0, Extensions.NONE);

        for (int i = 0; i < 40; i++) {
            pool.refuse("max-target-out-of-range");
        }

        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.UNDECIDED);
        pool.grantWithWork();
        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.USEFUL);
    }

    @Test
    void shouldLeaveWhenThePoolRefusesItsOnlyChannel() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");

        pool.refuse("Something went wrong");

        assertThat(pool.left).singleElement().asString().contains("Something went wrong");
        assertThat(miner.refusals).isEmpty();
    }

    @Test
    void shouldLeaveWhenThePoolGivesTooLittleExtranonce() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        pool.extranonceSize = 7;
        hall.miner("alice");

        pool.grant();

        assertThat(pool.left).singleElement().asString().contains("less extranonce");
    }

    @Test
    void shouldLeaveWhenThePoolNeverAnswersARequest() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        hall.miner("alice");

        hall.pass(Duration.ofSeconds(9));
        assertThat(pool.left).isEmpty();
        hall.pass(Duration.ofSeconds(2));

        assertThat(pool.left).singleElement().asString().contains("no answer");
    }

    @Test
    void shouldGoOnWhenThePoolTalksOfWhatIsNotThere() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();

        pool.say(
                new SubmitSharesSuccess(77, 0, 1, 1),
                new SubmitSharesError(77, 0, Text.of("no")),
                new SetTarget(77, U256.ZERO),
                new CloseChannel(77, Text.of("no")),
                new SetNewPrevHash(77, 1, SECOND_BLOCK, 0, ScriptedUpstream.BITS),
                new OpenExtendedMiningChannelSuccess(77, 77, U256.ZERO, 8, Bytes.EMPTY, 1));

        assertThat(pool.left).isEmpty();
        assertThat(miner.works).hasSize(1);
        miner.submit(miner.work());
        pool.say(new SubmitSharesSuccess(1, 0, 1, 1));
        assertThat(miner.outcomes).containsExactly(ACCEPTED);
    }

    @Test
    void shouldWaitForWorkWhenTheNewBlockNamesAnUnknownJob() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();

        pool.say(new SetNewPrevHash(1, 4_711, SECOND_BLOCK, 1_700_000_000L, ScriptedUpstream.BITS));

        assertThat(miner.losses).hasSize(1);
        miner.submit(miner.work());
        assertThat(miner.outcomes).containsExactly(new Refused(ShareRefusal.STALE, "stale-share"));
        pool.job(1);
        assertThat(miner.work().previousHash()).isEqualTo(SECOND_BLOCK);
        assertThat(miner.onlyValid).containsExactly(true, true);
    }

    @Test
    void shouldLeaveWhenABlockWouldNotPayTheAddressOfOurIdentity() {
        OutputScript script = OutputScript.ofAddress("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", Network.REGTEST);
        PayoutCheck check = PayoutCheck.of("sri/donate/10/bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080/rig")
                .orElseThrow();
        assertThat(check.scripts()).contains(script.script());
        ScriptedUpstream pool = new ScriptedUpstream(hall, 0, Extensions.NONE, Optional.of(check));
        RecordingMiner miner = hall.miner("alice");
        pool.grant();
        NewExtendedMiningJob wrong = pool.message(1, OptionalLong.empty());
        Bytes output = Bytes.concat(Bytes.fromHex("00f2052a0100000016"), script.script());
        NewExtendedMiningJob right = new NewExtendedMiningJob(
                1,
                50,
                OptionalLong.empty(),
                wrong.version(),
                true,
                List.of(),
                wrong.coinbaseTxPrefix(),
                Bytes.concat(Bytes.fromHex("feffffff01"), output, Bytes.fromHex("00000000")));

        pool.say(right, new SetNewPrevHash(1, 50, SECOND_BLOCK, 1_700_000_000L, ScriptedUpstream.BITS));
        assertThat(miner.works).hasSize(1);
        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.USEFUL);
        pool.say(wrong);

        assertThat(pool.left).singleElement().asString().contains("would pay us 0 of 5000000000");
        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.USELESS);
    }

    @Test
    void shouldTellThePoolWhatAMinerWants() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        miner.place().expect(new Expectations(OptionalDouble.of(1024), OptionalDouble.empty()));
        for (int i = 0; i < 30; i++) {
            hall.pass(Duration.ofMillis(250));
        }

        assertThat(pool.sent(UpdateChannel.class)).singleElement().satisfies(update -> {
            assertThat(update.channelId()).isEqualTo(1);
            assertThat(update.maximumTarget())
                    .isEqualTo(Target.ofDifficulty(1024).value());
        });
    }

    @Test
    void shouldTellThePoolTheRateThatSharesShow() {
        ScriptedUpstream pool = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        for (int i = 0; i < 400; i++) {
            miner.submit(miner.work());
            pool.say(new SubmitSharesSuccess(1, i, 1, 1));
            hall.pass(Duration.ofMillis(250));
        }

        List<UpdateChannel> updates = pool.sent(UpdateChannel.class);
        assertThat(updates).isNotEmpty().hasSizeLessThanOrEqualTo(4);
        assertThat(updates.getLast().nominalHashRate()).isBetween(1f, 20f);
    }

    @Test
    void shouldSayWhoMinedAShareWhenThePoolListens() {
        ScriptedUpstream pool = new ScriptedUpstream(hall, 0, Extensions.of(WorkerTracking.EXTENSION, Ehash.EXTENSION));
        RecordingMiner miner = hall.miner("alice");
        pool.grantWithWork();
        miner.submit(miner.work());

        assertThat(pool.tlvs.getLast()).containsExactly(WorkerTracking.userIdentity(Text.of("rig")));
    }

    @Test
    void shouldNotFloodThePoolWhenManyMinersWaitForIt() {
        hall.miners(1_000);
        ScriptedUpstream pool = new ScriptedUpstream(hall, 0, Extensions.NONE);
        assertThat(pool.sent).hasSize(Openings.AT_ONCE);

        pool.writable = false;
        pool.say(new OpenExtendedMiningChannelSuccess(1, 1, U256.MAX_VALUE, 8, Bytes.of((byte) 1), 5_000));
        assertThat(pool.sent).hasSize(Openings.AT_ONCE);
        pool.writable = true;
        pool.session.pump(hall.now());
        assertThat(pool.sent).hasSize(Openings.AT_ONCE + 1);
    }
}
