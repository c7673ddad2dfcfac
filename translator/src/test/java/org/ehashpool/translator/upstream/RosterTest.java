package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.upstream.ScriptedUpstream.Hall;
import org.ehashpool.translator.upstream.UpstreamSession.Trial;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareOutcome.Refused;
import org.ehashpool.translator.work.ShareRefusal;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final ShareOutcome ACCEPTED = new ShareOutcome.Accepted();
    private static final U256 OTHER_BLOCK = U256.of(2001);

    private final Hall hall = new Hall(ChannelsConfig.Mode.PER_MINER);
    private final Hall shared = new Hall(ChannelsConfig.Mode.AGGREGATED);

    private static ScriptedUpstream trial(Hall hall, int index) {
        return new ScriptedUpstream(hall, index, Extensions.NONE);
    }

    @Test
    void shouldGiveEveryPlaceAnExtranonceOfItsOwn() {
        Set<Bytes> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            RecordingMiner miner = hall.miner("miner" + i);
            assertThat(seen.add(miner.place().extranonce().extranonce1())).isTrue();
            assertThat(miner.place().extranonce().extranonce1().length()).isEqualTo(4);
            miner.place().leave();
        }
    }

    @Test
    void shouldMineOnUntilTheNextUpstreamHasWork() {
        ScriptedUpstream first = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        first.grantWithWork();
        Work before = miner.work();

        ScriptedUpstream second = trial(hall, 1);
        assertThat(second.session.trial(hall.now())).isEqualTo(Trial.UNDECIDED);
        first.job(ScriptedUpstream.GROUP);
        assertThat(miner.works).hasSize(2);
        miner.submit(miner.work());
        assertThat(first.shares()).hasSize(1);
        second.grant();
        second.block(ScriptedUpstream.GROUP, OTHER_BLOCK);

        assertThat(second.session.trial(hall.now())).isEqualTo(Trial.USEFUL);
        assertThat(miner.work().previousHash()).isEqualTo(OTHER_BLOCK);
        assertThat(miner.onlyValid).containsExactly(true, false, true);
        hall.roster.serve(second.session);
        hall.roster.retire(first.session);
        assertThat(hall.roster.isDoneWith(first.session)).isFalse();
        first.job(ScriptedUpstream.GROUP);
        assertThat(miner.works).as("work of an upstream left").hasSize(3);

        miner.submit(before);
        miner.submit(miner.work());
        assertThat(first.shares())
                .as("late shares are judged where they belong")
                .hasSize(2);
        assertThat(second.shares()).hasSize(1);
        first.say(new SubmitSharesSuccess(1, 1, 2, 2));
        assertThat(miner.outcomes).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(hall.roster.isDoneWith(first.session)).isTrue();
        hall.roster.ended(first.session, "replaced");
        assertThat(miner.losses).isEmpty();
        miner.submit(before);
        assertThat(miner.outcomes.getLast()).isEqualTo(new Refused(ShareRefusal.STALE, "stale-share"));
    }

    @Test
    void shouldGoBackToTheOldWorkWhenTheNextUpstreamFailsItsTrial() {
        ScriptedUpstream first = ScriptedUpstream.serving(hall);
        RecordingMiner miner = hall.miner("alice");
        first.grantWithWork();
        ScriptedUpstream second = trial(hall, 1);
        second.grant();
        second.block(ScriptedUpstream.GROUP, OTHER_BLOCK);
        assertThat(miner.work().previousHash()).isEqualTo(OTHER_BLOCK);
        miner.submit(miner.work());

        hall.roster.ended(second.session, "lost");

        assertThat(miner.work().previousHash()).isEqualTo(ScriptedUpstream.FIRST_BLOCK);
        assertThat(miner.onlyValid.getLast()).isTrue();
        assertThat(miner.losses).isEmpty();
        assertThat(miner.outcomes).singleElement().isInstanceOf(ShareOutcome.Unconfirmed.class);
    }

    @Test
    void shouldKeepPlacesWhenTheUpstreamIsLost() {
        ScriptedUpstream first = ScriptedUpstream.serving(hall);
        List<RecordingMiner> miners = hall.miners(200);
        first.grantWithWork();
        miners.forEach(miner -> miner.submit(miner.work()));

        hall.roster.ended(first.session, "connection lost");

        assertThat(miners).allSatisfy(miner -> {
            assertThat(miner.losses).hasSize(1);
            assertThat(miner.outcomes).singleElement().isEqualTo(new ShareOutcome.Unconfirmed("connection lost"));
        });
        RecordingMiner one = miners.getFirst();
        one.submit(one.work());
        assertThat(one.outcomes.getLast()).isEqualTo(new Refused(ShareRefusal.STALE, "no-upstream"));

        ScriptedUpstream again = trial(hall, 0);
        again.grantWithWork();
        assertThat(miners).allSatisfy(miner -> {
            assertThat(miner.works).hasSize(2);
            assertThat(miner.onlyValid.getLast()).isTrue();
            assertThat(miner.refusals).isEmpty();
        });
    }

    @Test
    void shouldTryTheNextUpstreamWhenEveryChannelIsRefused() {
        hall.miner("alice");
        ScriptedUpstream first = trial(hall, 0);
        first.refuse("no more channels");

        assertThat(first.session.trial(hall.now())).isEqualTo(Trial.USELESS);
        assertThat(first.session.refusal()).contains("no more channels");
    }

    @Test
    void shouldTurnAMinerAwayWhenNoUpstreamKnowsItsName() {
        RecordingMiner miner = hall.miner("mallory");
        ScriptedUpstream first = trial(hall, 0);
        first.refuse("unknown-user");
        assertThat(miner.refusals).isEmpty();
        assertThat(first.session.trial(hall.now())).isEqualTo(Trial.USELESS);
        hall.roster.ended(first.session, "of no use");

        ScriptedUpstream second = trial(hall, 1);
        second.refuse("unknown-user");

        assertThat(miner.refusals).hasSize(1);
        assertThat(second.session.trial(hall.now())).isEqualTo(Trial.USEFUL);
    }

    @Test
    void shouldGiveUpWhenATrialBringsNoWork() {
        hall.miner("alice");
        ScriptedUpstream pool = trial(hall, 0);
        pool.grant();
        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.UNDECIDED);

        hall.pass(Duration.ofSeconds(11));

        assertThat(pool.session.trial(hall.now())).isEqualTo(Trial.USELESS);
    }

    @Test
    void shouldOpenOneChannelWhenMinersShareIt() {
        ScriptedUpstream pool = ScriptedUpstream.serving(shared);
        List<RecordingMiner> miners = shared.miners(5);
        assertThat(pool.sent).hasSize(1);
        assertThat(pool.sent(OpenExtendedMiningChannel.class).getFirst().userIdentity())
                .isEqualTo(Text.of("farm"));
        pool.grantWithWork();
        RecordingMiner late = shared.miner("late");

        assertThat(pool.sent(OpenExtendedMiningChannel.class)).hasSize(1);
        assertThat(miners).allSatisfy(miner -> assertThat(miner.work()).isSameAs(late.work()));
        miners.get(3).submit(late.work(), 1);
        miners.get(1).submit(late.work(), 1);
        late.submit(late.work(), 1);
        assertThat(pool.shares()).extracting(SubmitSharesExtended::extranonce).doesNotHaveDuplicates();
        pool.say(new SubmitSharesError(1, 1, Text.of("stale-share")), new SubmitSharesSuccess(1, 2, 2, 2));

        assertThat(miners.get(3).outcomes).containsExactly(ACCEPTED);
        assertThat(miners.get(1).outcomes).containsExactly(new Refused(ShareRefusal.STALE, "stale-share"));
        assertThat(late.outcomes).containsExactly(ACCEPTED);
        assertThat(miners.get(0).outcomes).isEmpty();
    }

    @Test
    void shouldSayNothingOfRatesBeforeTheSharedChannelIsOpen() {
        ScriptedUpstream pool = ScriptedUpstream.serving(shared);
        RecordingMiner miner = shared.miner("alice");
        miner.place().leave();
        for (int i = 0; i < 20; i++) {
            shared.pass(Duration.ofMillis(250));
        }
        assertThat(pool.sent(UpdateChannel.class)).isEmpty();
    }

    @Test
    void shouldTellTheSumOfRatesWhenMinersComeAndGo() {
        ScriptedUpstream pool = ScriptedUpstream.serving(shared);
        shared.miner("alice");
        pool.grantWithWork();
        shared.miners(9);
        for (int i = 0; i < 200; i++) {
            shared.pass(Duration.ofMillis(250));
        }
        assertThat(pool.sent(UpdateChannel.class)).isNotEmpty();
        assertThat(pool.sent(UpdateChannel.class).getFirst().nominalHashRate()).isGreaterThan(0);
        assertThat(pool.sent(UpdateChannel.class)).hasSizeLessThan(3);
    }

    @Test
    void shouldLeaveWhenTheSharedChannelIsClosed() {
        ScriptedUpstream pool = ScriptedUpstream.serving(shared);
        RecordingMiner miner = shared.miner("alice");
        pool.grantWithWork();

        pool.say(new CloseChannel(1, Text.of("bye")));

        assertThat(pool.left).singleElement().asString().contains("bye");
        assertThat(miner.losses).hasSize(1);
    }
}
