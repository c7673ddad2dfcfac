package org.ehashpool.pool.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration LINGER = Duration.ofMillis(2);
    private static final CommitSettings SETTINGS = new CommitSettings(LINGER, 4, 10, Duration.ofSeconds(1));

    private final VirtualTime time = new VirtualTime();
    private final StubLedger ledger = new StubLedger();
    private final List<String> observed = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();
    private final GroupCommit commit = commit(SETTINGS);
    private final Loop loop = new Loop(commit);
    private final Loop other = new Loop(commit);

    private GroupCommit commit(CommitSettings settings) {
        return new GroupCommit(ledger, settings, time::after, () -> time.now, new CommitObserver() {
            @Override
            public void committed(int credits, long nanos) {
                observed.add("committed " + credits + " in " + nanos / 1_000_000);
            }

            @Override
            public void recorded(int credits, long nanos) {
                waits.add(credits + " after " + nanos / 1_000_000);
            }

            @Override
            public void failed(int credits, int attempt, Throwable cause) {
                observed.add("failed " + attempt + ": " + cause.getMessage());
            }

            @Override
            public void recovered(long nanos) {
                observed.add("recovered after " + nanos / 1_000_000);
            }
        });
    }

    @Test
    void shouldCommitCreditsOfAllLoopsTogetherWhenTheFirstHasLingered() {
        loop.add(1, 2);
        loop.turn();
        other.add(3);
        other.turn();
        time.pass(Duration.ofNanos(LINGER.toNanos() - 1));
        assertThat(ledger.commits).isEmpty();

        time.pass(Duration.ofNanos(1));

        assertThat(ledger.sequences()).containsExactly(List.of(1L, 2L, 3L));
        ledger.succeed(Outcome.RECORDED, Outcome.DUPLICATE, Outcome.RECORDED);
        loop.turn();
        other.turn();
        assertThat(loop.settled).containsExactly("1 RECORDED", "2 DUPLICATE");
        assertThat(other.settled).containsExactly("3 RECORDED");
        assertThat(commit.status()).isEqualTo(new LedgerStatus(0, false, false, 3));
    }

    @Test
    void shouldTellHowLongCreditsWaitedWhenTheyCameBeforeTheirCommit() {
        loop.add(1);
        loop.turn();
        time.pass(LINGER);
        time.pass(Duration.ofMillis(5));
        loop.add(2, 3, 4, 5, 6);
        loop.turn();
        time.pass(Duration.ofMillis(3));

        ledger.succeed(Outcome.RECORDED);
        assertThat(waits).containsExactly("1 after 10");
        time.pass(Duration.ofMillis(4));
        ledger.succeed(Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED);
        time.pass(Duration.ofMillis(1));
        ledger.succeed(Outcome.RECORDED);

        assertThat(waits).containsExactly("1 after 10", "4 after 7", "1 after 8");
    }

    @Test
    void shouldKeepOneCommitUnderWayAndBeginTheNextAtOnce() {
        loop.add(1);
        loop.turn();
        time.pass(LINGER);
        loop.add(2);
        loop.turn();
        other.add(3);
        other.turn();
        time.pass(Duration.ofSeconds(1));
        assertThat(ledger.sequences()).containsExactly(List.of(1L));

        ledger.succeed(Outcome.RECORDED);

        assertThat(ledger.sequences()).containsExactly(List.of(1L), List.of(2L, 3L));
    }

    @Test
    void shouldHandOverOnceInATurnWhenManySharesCame() {
        loop.add(1, 2, 3);

        assertThat(loop.tasks).hasSize(1);
    }

    @Test
    void shouldNotLingerWhenABatchIsFullAndLeaveTheRestForTheNext() {
        loop.add(1, 2, 3, 4, 5, 6);
        loop.turn();

        assertThat(ledger.sequences()).containsExactly(List.of(1L, 2L, 3L, 4L));
        ledger.succeed(Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED);
        assertThat(ledger.sequences()).hasSize(2).last().isEqualTo(List.of(5L, 6L));
        ledger.succeed(Outcome.RECORDED, Outcome.REFUSED);
        loop.turn();
        assertThat(loop.settled)
                .containsExactly("1 RECORDED", "2 RECORDED", "3 RECORDED", "4 RECORDED", "5 RECORDED", "6 REFUSED");
    }

    @Test
    void shouldCloseLanesWhenTooManyArePending() {
        loop.add(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(loop.lane.isOpen()).isTrue();
        loop.add(10);
        assertThat(loop.lane.isOpen()).isFalse();
        loop.turn();
        assertThat(other.lane.isOpen()).isFalse();
        assertThat(commit.status().refusing()).isTrue();

        ledger.succeed(Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED, Outcome.RECORDED);

        assertThat(other.lane.isOpen()).isTrue();
    }

    @Test
    void shouldTryTheSameCreditsAgainWhenTheirOutcomeIsNotKnown() {
        loop.add(1);
        loop.turn();
        time.pass(LINGER);
        ledger.fail("connection reset");
        loop.add(2);
        loop.turn();
        assertThat(commit.status().away()).isTrue();
        assertThat(loop.lane.isOpen()).as("there is still room").isTrue();

        time.pass(Duration.ofMillis(50));

        assertThat(ledger.sequences()).containsExactly(List.of(1L), List.of(1L));
        ledger.succeed(Outcome.RECORDED);
        assertThat(ledger.sequences()).last().isEqualTo(List.of(2L));
        assertThat(commit.status().away()).isFalse();
        assertThat(observed).containsExactly("failed 1: connection reset", "recovered after 50", "committed 1 in 50");
    }

    @Test
    void shouldRefuseSharesWhenTheLedgerIsAwayForLongAndTakeThemWhenItIsBack() {
        loop.add(1);
        loop.turn();
        time.pass(LINGER);
        for (int i = 0; i < 6; i++) {
            ledger.fail("down");
            time.pass(Duration.ofSeconds(5));
        }
        assertThat(loop.lane.isOpen()).isFalse();

        ledger.succeed(Outcome.RECORDED);

        assertThat(loop.lane.isOpen()).isTrue();
    }

    @Test
    void shouldTreatAWrongNumberOfOutcomesAsUnknown() {
        loop.add(1, 2);
        loop.turn();
        time.pass(LINGER);
        ledger.succeed(Outcome.RECORDED);
        loop.turn();

        assertThat(loop.settled).isEmpty();
        assertThat(commit.status().away()).isTrue();
    }

    @Test
    void shouldTreatALedgerThatThrowsAsUnknown() {
        ledger.broken = true;
        loop.add(1);
        loop.turn();
        time.pass(LINGER);
        assertThat(commit.status().away()).isTrue();

        ledger.broken = false;
        time.pass(Duration.ofMillis(50));

        assertThat(ledger.sequences()).containsExactly(List.of(1L));
    }

    @Test
    void shouldSayWhenNothingIsPendingAnyMore() {
        assertThat(commit.settled().isComplete()).isTrue();
        loop.add(1);
        loop.lane.handOver();
        Future<Void> settled = commit.settled();
        time.pass(LINGER);
        assertThat(settled.isComplete()).isFalse();

        ledger.succeed(Outcome.RECORDED);

        assertThat(settled.succeeded()).isTrue();
        loop.turn();
        assertThat(loop.settled).containsExactly("1 RECORDED");
    }

    @Test
    void shouldCountUsersOneByOneUntilThereAreTooMany() {
        MemoryShareLedger memory = new MemoryShareLedger(1);
        memory.commit(List.of(credit(1, "a"), credit(2, "b"), credit(3, "a")));

        assertThat(memory.of(Text.of("a")).shares()).isEqualTo(2);
        assertThat(memory.of(Text.of("a")).work())
                .isEqualTo(Target.DIFFICULTY_ONE.work().shiftLeft(1));
        assertThat(memory.of(Text.of("b"))).isEqualTo(MemoryShareLedger.Total.NONE);
        assertThat(memory.others().shares()).isEqualTo(1);
    }

    @Test
    void shouldCountNothingThatMayNotBePaidFor() {
        MemoryShareLedger memory = new MemoryShareLedger(1);

        assertThat(memory.commit(List.of(credit(1, "a", false), credit(2, "a", true), credit(3, "b", false)))
                        .result())
                .hasSize(3)
                .containsOnly(ShareLedger.Outcome.RECORDED);
        assertThat(memory.of(Text.of("a")).shares()).isEqualTo(1);
        assertThat(memory.others()).isEqualTo(MemoryShareLedger.Total.NONE);
    }

    private static ShareCredit credit(long sequence, String user) {
        return credit(sequence, user, true);
    }

    private static ShareCredit credit(long sequence, String user, boolean creditable) {
        return new ShareCredit(
                "boot",
                1,
                1,
                sequence,
                U256.of(sequence),
                U256.ZERO,
                0,
                Target.DIFFICULTY_ONE,
                Text.of(user),
                Optional.empty(),
                Optional.empty(),
                creditable,
                0);
    }

    /** An event loop that runs its tasks when told to. */
    private static final class Loop implements Executor {
        final Deque<Runnable> tasks = new ArrayDeque<>();
        final List<String> settled = new ArrayList<>();
        final CommitLane lane;

        Loop(GroupCommit commit) {
            lane = commit.lane(this, (credits, outcomes) -> {
                for (int i = 0; i < credits.size(); i++) {
                    settled.add(credits.get(i).sequenceNumber() + " " + outcomes.get(i));
                }
            });
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void add(long... sequences) {
            for (long sequence : sequences) {
                lane.add(credit(sequence, "user"));
            }
        }

        void turn() {
            while (!tasks.isEmpty()) {
                tasks.removeFirst().run();
            }
        }
    }

    private static final class StubLedger implements ShareLedger {
        final List<List<ShareCredit>> commits = new ArrayList<>();
        boolean broken;
        private Promise<List<Outcome>> last = Promise.promise();

        @Override
        public Future<List<Outcome>> commit(List<ShareCredit> credits) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            commits.add(List.copyOf(credits));
            last = Promise.promise();
            return last.future();
        }

        List<List<Long>> sequences() {
            return commits.stream()
                    .map(batch ->
                            batch.stream().map(ShareCredit::sequenceNumber).toList())
                    .toList();
        }

        void succeed(Outcome... outcomes) {
            List<Outcome> all = new ArrayList<>();
            Collections.addAll(all, outcomes);
            last.complete(all);
        }

        void fail(String why) {
            last.fail(why);
        }
    }

    private static final class VirtualTime {
        private record Task(long at, long order, Runnable what) {}

        private final PriorityQueue<Task> tasks = new PriorityQueue<>((one, two) ->
                one.at() == two.at() ? Long.compare(one.order(), two.order()) : Long.compare(one.at(), two.at()));
        private long orders;
        long now;

        void after(Duration time, Runnable task) {
            tasks.add(new Task(now + time.toNanos(), orders++, task));
        }

        void pass(Duration time) {
            long end = now + time.toNanos();
            while (!tasks.isEmpty() && tasks.element().at() <= end) {
                Task next = tasks.remove();
                now = next.at();
                next.what().run();
            }
            now = end;
        }
    }
}
