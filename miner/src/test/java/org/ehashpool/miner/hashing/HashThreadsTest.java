package org.ehashpool.miner.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class HashThreadsTest {
    private final WorkBoard board = new WorkBoard();
    private final ShareQueue found = new ShareQueue();

    private FoundShare nextShare() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(found::poll, Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void shouldFindDifferentSharesThatMeetTheTargetOnEveryChannel() {
        board.put(1, Jobs.standard(7, 1, Target.ofExpectedHashes(20_000)), Job.VERSION_ROLLING_MASK);
        board.put(2, Jobs.extended(8, 8, true, Target.ofExpectedHashes(20_000)), Job.VERSION_ROLLING_MASK);
        ShareValidator validator = new ShareValidator();
        Set<U256> hashes = new HashSet<>();
        Set<Long> channels = new HashSet<>();
        try (HashThreads threads = new HashThreads(2, OptionalDouble.empty(), board, found)) {
            while (channels.size() < 2 || hashes.size() < 100) {
                FoundShare share = nextShare();
                AssignedJob job = share.job();
                U256 hash = validator.hash(
                        new Submission(
                                share.channelId(),
                                0,
                                job.job().id(),
                                share.nonce(),
                                share.time(),
                                share.version(),
                                share.extranonce()),
                        job);
                assertThat(hash).isEqualTo(share.hash());
                assertThat(job.target().isMetBy(hash)).isTrue();
                assertThat(hashes.add(hash)).isTrue();
                channels.add(share.channelId());
            }
            assertThat(threads.hashes()).isGreaterThan(100_000);
        }
    }

    @Test
    void shouldTurnToTheNewJobAtOnce() {
        board.put(1, Jobs.standard(7, 1, Target.ofExpectedHashes(1_000)), 0);
        try (HashThreads threads = new HashThreads(1, OptionalDouble.empty(), board, found)) {
            assertThat(nextShare().job().job().id()).isEqualTo(7);
            board.put(1, Jobs.standard(9, 2, Target.ofExpectedHashes(1_000)), 0);

            await().until(() -> nextShare().job().job().id() == 9);
            long ofNew = 0;
            for (int i = 0; i < 50; i++) {
                ofNew += nextShare().job().job().id() == 9 ? 1 : 0;
            }
            assertThat(ofNew).isEqualTo(50);
            assertThat(threads.hashes()).isPositive();
        }
    }

    @Test
    void shouldRestWhenThereIsNoWorkAndGoOnWhenThereIs() {
        try (HashThreads threads = new HashThreads(1, OptionalDouble.empty(), board, found)) {
            assertThat(threads.hashes()).isZero();
            board.put(1, Jobs.standard(7, 1, Target.ofExpectedHashes(1_000)), 0);
            nextShare();
            board.clear();
            await().until(() -> found.clear() == 0);
            long before = threads.hashes();
            board.put(1, Jobs.standard(9, 2, Target.ofExpectedHashes(1_000)), 0);
            assertThat(nextShare().job().job().id()).isEqualTo(9);
            assertThat(threads.hashes()).isGreaterThan(before);
        }
    }

    @Test
    void shouldWaitWhenNobodyTakesTheShares() {
        board.put(1, Jobs.standard(7, 1, Target.EASIEST), 0);
        try (HashThreads threads = new HashThreads(1, OptionalDouble.empty(), board, found)) {
            await().until(() -> threads.hashes() > 0);
            // 256 in the queue and one batch of lanes at the most.
            await().during(Duration.ofMillis(300)).until(() -> threads.hashes() <= 256 + 2 * NonceSearch.LANES);
        }
    }
}
