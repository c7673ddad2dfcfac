package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.pool.template.ProviderScript.EASY;
import static org.ehashpool.pool.template.ProviderScript.JOBS;
import static org.ehashpool.pool.template.ProviderScript.PAYOUTS;
import static org.ehashpool.pool.template.ProviderScript.hash;
import static org.ehashpool.pool.template.ProviderScript.template;
import static org.ehashpool.pool.template.ProviderScript.tip;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.junit.jupiter.api.Test;

final class JobPublisherTest {
    private final JobPublisher publisher = new JobPublisher(JOBS, new JobNumbers(), new TemplateEvents());
    private final List<JobUpdate> updates = new ArrayList<>();

    private void newTip(long id, long block) {
        assertThat(publisher.onNewTemplate(template(id, true, 101))).isEmpty();
        assertThat(publisher.onSetNewPrevHash(tip(id, hash(block), EASY))).isEmpty();
    }

    @Test
    void shouldGiveASnapshotThatTheFirstUpdateFollowsOn() {
        newTip(1, 1);
        JobSnapshot snapshot = publisher.subscribe(updates::add);
        assertThat(snapshot.active().orElseThrow().job().templateId()).isEqualTo(1);

        publisher.onNewTemplate(template(2, false, 101));

        assertThat(updates)
                .singleElement()
                .isInstanceOfSatisfying(
                        JobUpdate.ActiveJob.class,
                        active -> assertThat(active.tip())
                                .isEqualTo(snapshot.tip().orElseThrow()));
    }

    @Test
    void shouldServeTheOthersWhenOneSubscriberThrows() {
        publisher.subscribe(update -> {
            throw new IllegalStateException("a bug");
        });
        publisher.subscribe(updates::add);
        newTip(1, 1);
        assertThat(updates).hasSize(2);
    }

    @Test
    void shouldKeepTheActiveJobForNewChannelsWhenPayoutsChange() {
        newTip(1, 1);
        publisher.subscribe(updates::add);
        var part = PAYOUTS.parts().getFirst();

        publisher.payouts(new PayoutOutputs(List.of(part, part)));
        assertThat(publisher.snapshot().active()).isPresent();
        newTip(2, 1);

        assertThat(updates.getFirst().snapshot().active().orElseThrow().job().templateId())
                .isEqualTo(1);
        assertThat(((JobUpdate.NewTip) updates.getLast()).previousHashChanged()).isFalse();
        newTip(3, 2);
        assertThat(((JobUpdate.NewTip) updates.getLast()).previousHashChanged()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoJob() {
        publisher.subscribe(updates::add);
        assertThat(publisher.onNewTemplate(template(1, false, 101))).isPresent();
        assertThat(publisher.onSetNewPrevHash(tip(9, hash(1), EASY))).isPresent();
        assertThat(updates).isEmpty();
    }
}
