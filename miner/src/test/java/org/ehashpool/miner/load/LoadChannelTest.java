package org.ehashpool.miner.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class LoadChannelTest {
    private static final long MINIMUM_TIME = 1_700_000_000L;

    private final List<Submission> sent = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(MINIMUM_TIME + 60);
    private final LoadChannel<Submission> channel = new LoadChannel<>(
            new LoadChannel.Outlet<>() {
                @Override
                public boolean isWritable() {
                    return true;
                }

                @Override
                public void send(Submission share) {
                    sent.add(share);
                }
            },
            new ShareSupply<>(1, new ShareValidator(), (share, job) -> share, () -> now),
            3);
    private final List<Long> answered = new ArrayList<>();

    @Test
    void shouldSendNoMoreThanItsWindowUntilSharesAreAnswered() {
        channel.begin(job());
        channel.fill(64);
        assertThat(List.of(channel.send(1), channel.send(2), channel.send(3), channel.send(4)))
                .containsExactly(true, true, true, false);

        channel.unanswered().answeredUpTo(0, answered::add);

        assertThat(channel.send(5)).isTrue();
        assertThat(channel.send(6)).isFalse();
        assertThat(sent).extracting(Submission::sequenceNumber).containsExactly(0L, 1L, 2L, 3L);
        assertThat(answered).containsExactly(1L);
    }

    @Test
    void shouldSendSharesOfTheTimeThatItIsButNotBeforeTheTipAllows() {
        channel.begin(job());
        channel.fill(64);
        channel.send(1);
        now = Instant.ofEpochSecond(MINIMUM_TIME - 5);
        channel.begin(job());
        channel.fill(64);
        channel.send(2);

        assertThat(sent).extracting(Submission::time).containsExactly(MINIMUM_TIME + 60, MINIMUM_TIME);
    }

    private static AssignedJob job() {
        ChainTip tip = new ChainTip(U256.ZERO, 0x1d00_ffffL, MINIMUM_TIME, Target.DIFFICULTY_ONE);
        return new AssignedJob(new Job.Standard(1, 0x2000_0000L, U256.ZERO), tip, Target.EASIEST, Bytes.EMPTY, 0);
    }
}
