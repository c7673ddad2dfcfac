package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.ScriptedTemplateProvider;
import org.ehashpool.fixtures.Sighting;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.fixtures.TemplateChain;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each share is answered exactly once on the wire, by an acknowledgement that counts it or by an error, whatever happens. */
@Timeout(60)
class ShareAnswersTest {
    private static final int ROUNDS = 40;
    private static final int SHARES_OF_A_ROUND = 10;
    private static final long NO_JOB = 0xffff_fff0L;

    @TempDir
    private Path home;

    private final TemplateChain chain = TemplateChain.of(TemplateChain.HARD).withTransactions(3);
    private final Map<Long, List<Long>> sent = new HashMap<>();
    private ScriptedTemplateProvider provider;

    @BeforeEach
    void startProvider() throws IOException {
        provider = ScriptedTemplateProvider.start(chain);
    }

    @AfterEach
    void stopProvider() throws IOException {
        provider.close();
    }

    /** Sends a share with the channel's next sequence number, and returns it with that. */
    private Mining.FromClient send(ScriptedMiner miner, Mining.FromClient share) {
        Mining.FromClient numbered = numbered(share);
        miner.peer().send(numbered);
        return numbered;
    }

    private Mining.FromClient numbered(Mining.FromClient share) {
        return numbered(share, ScriptedMiner.submission(share).jobId());
    }

    private Mining.FromClient numbered(Mining.FromClient share, long jobId) {
        Submission content = ScriptedMiner.submission(share);
        List<Long> numbers = sent.computeIfAbsent(content.channelId(), channel -> new ArrayList<>());
        long number = numbers.size() + 1L;
        numbers.add(number);
        return share instanceof SubmitSharesExtended
                ? new SubmitSharesExtended(
                        content.channelId(),
                        number,
                        jobId,
                        content.nonce(),
                        content.time(),
                        content.version(),
                        content.extranonce())
                : new SubmitSharesStandard(
                        content.channelId(), number, jobId, content.nonce(), content.time(), content.version());
    }

    /** The sequence numbers of a channel's shares. */
    private List<Long> numbers(long channel) {
        return sent.getOrDefault(channel, List.of());
    }

    private ShareAnswers answers(long channel, Traffic received) {
        return ShareAnswers.of(
                channel,
                numbers(channel),
                received.all().stream()
                        .flatMap(sighting -> sighting.message().stream())
                        .toList());
    }

    @Test
    void shouldAnswerEachShareOnceWhenJobsChangeInTheMiddle() throws Exception {
        try (LocalPool pool = LocalPool.start(home, Map.of(), provider.url());
                ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
            long extended = miner.openExtended(LocalPool.EASY, 8).id();
            long standard = miner.openStandard(LocalPool.EASY).id();
            for (int i = 0; i < ROUNDS; i++) {
                sendRound(miner, extended, standard);
                provider.sendTemplate();
                sendRound(miner, extended, standard);
                provider.sendBlock();
            }
            NewTemplate last = chain.future();
            SetNewPrevHash tip = chain.tip(last);
            provider.send(last, tip);
            miner.awaitWork(extended, tip.prevHash());
            miner.awaitWork(standard, tip.prevHash());
            miner.awaitAccepted(send(miner, miner.share(extended)));
            miner.awaitAccepted(send(miner, miner.share(standard)));

            List<ShareAnswers> answers =
                    List.of(answers(extended, miner.received()), answers(standard, miner.received()));
            assertThat(answers)
                    .allMatch(answer -> answer.unanswered().isEmpty())
                    .allMatch(answer -> answer.accepted() > 0);
            long accepted = answers.stream().mapToLong(ShareAnswers::accepted).sum();
            long refused = answers.stream().mapToLong(ShareAnswers::refused).sum();
            assertThat(accepted + refused)
                    .isEqualTo(numbers(extended).size() + numbers(standard).size());
            assertThat(refused).as("those without a job, and the repeated ones").isGreaterThanOrEqualTo(8L * ROUNDS);
            assertThat(accepted(pool)).isEqualTo(accepted);
        }
    }

    /** Without waiting for anything: jobs change while they are on their way. */
    private void sendRound(ScriptedMiner miner, long extended, long standard) {
        for (int i = 0; i < SHARES_OF_A_ROUND; i++) {
            Mining.FromClient share = miner.share(i % 2 == 0 ? extended : standard);
            send(miner, share);
            if (i % 5 == 3) {
                miner.peer().send(numbered(share, NO_JOB));
            }
            if (i % 5 == 4) {
                send(miner, share);
            }
        }
    }

    private static long accepted(LocalPool pool) {
        return pool.json("/api/v1/global").path("shares").path("accepted").asLong();
    }

    @Test
    void shouldCountWhatItAcknowledgedWhenConnectionIsCut() throws Exception {
        try (LocalPool pool = LocalPool.start(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url())) {
            long channel = miner.openExtended(LocalPool.EASY, 8).id();
            List<Mining.FromClient> shares = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                shares.add(miner.share(channel));
            }
            sniffer.on(SubmitSharesSuccess.class)
                    .where(success -> success.lastSequenceNumber() > 100)
                    .times(1)
                    .cut();
            boolean taken = true;
            for (int i = 0; i < shares.size() && taken; i++) {
                taken = miner.peer().offer(numbered(shares.get(i)));
            }
            miner.peer().awaitEnd();

            ShareAnswers seen = answers(channel, sniffer.traffic().from(Sender.SERVER));
            assertThat(seen.refused()).isZero();
            await().until(() -> pool.json("/api/v1/connections").path("total").asInt() == 0);
            assertThat(accepted(pool))
                    .isBetween(seen.accepted(), (long) numbers(channel).size());

            // A new connection hears nothing of the old one's shares.
            try (ScriptedMiner again = ScriptedMiner.connect(pool.url())) {
                long next = again.openExtended(LocalPool.EASY, 8).id();
                assertThat(again.mine(next).newSubmitsAcceptedCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldAnswerAllThatWasReadWhenThePoolDrains() throws Exception {
        try (LocalPool pool = LocalPool.start(home, Map.of(), provider.url());
                ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
            long channel = miner.openExtended(LocalPool.EASY, 8).id();
            List<Mining.FromClient> shares = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                shares.add(miner.share(channel));
            }
            CompletableFuture<Void> drained = new CompletableFuture<>();
            boolean taken = true;
            for (int i = 0; i < shares.size() && taken; i++) {
                taken = miner.peer().offer(numbered(shares.get(i)));
                if (i == 500) {
                    miner.received().await(SubmitSharesSuccess.class);
                    drained = CompletableFuture.runAsync(pool::stop);
                }
            }
            miner.received().await(Reconnect.class);
            drained.get(30, TimeUnit.SECONDS);
            miner.peer().awaitEnd();

            ShareAnswers answers = answers(channel, miner.received());
            assertThat(answers.refused()).isZero();
            assertThat(answers.accepted()).isPositive();
            // What was read was answered, in order; the rest was never read.
            List<Long> numbers = numbers(channel);
            assertThat(answers.unanswered())
                    .containsExactlyElementsOf(numbers.subList((int) answers.accepted(), numbers.size()));
            Sighting farewell = miner.received().awaitSighting(Reconnect.class);
            assertThat(miner.received().after(farewell).all(SubmitSharesSuccess.class))
                    .as("after Reconnect a miner may be gone")
                    .isEmpty();
        }
    }
}
