package org.ehashpool.mining.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class TemplateJobsTest {
    private final Templates templates = new Templates(new JobNumbers(), 0x1d00_ffffL, 3);
    private final TemplateJobs jobs = templates.jobs();

    @Test
    void shouldActivateTheFutureJobThatIsNamed() {
        JobUpdate.FutureJob named = (JobUpdate.FutureJob) templates.future();
        templates.future();

        var update = ((TemplateJobs.Updated)
                        jobs.onSetNewPrevHash(templates.previousHash(named.job().templateId(), 5)))
                .update();

        assertThat(update).isInstanceOfSatisfying(JobUpdate.NewTip.class, tip -> {
            assertThat(tip.job()).isSameAs(named.job());
            assertThat(tip.previousHashChanged()).isTrue();
            assertThat(tip.snapshot().futures()).isEmpty();
            assertThat(tip.tip().minimumTime()).isEqualTo(Templates.TIME);
            assertThat(tip.groupMessages())
                    .extracting(message -> message.channelId())
                    .containsExactly(1L, 2L);
            assertThat(tip.groupMessages().getFirst().prevHash()).isEqualTo(U256.of(5));
        });
    }

    /** As in the reference test header_timestamp_value_assertion_in_new_extended_mining_job. */
    @Test
    void shouldGiveLaterJobsTheHeaderTimestampAsSmallestTime() {
        templates.future();
        templates.tip(1);

        JobUpdate.ActiveJob active = (JobUpdate.ActiveJob) templates.active();

        assertThat(active.job().minimumTime()).hasValue(Templates.TIME);
        assertThat(active.job().groupMessage(0).minNtime()).hasValue(Templates.TIME);
        assertThat(jobs.snapshot().active().orElseThrow().job()).isSameAs(active.job());
    }

    @Test
    void shouldMakeOneFormPerSizeWithASharedMessageEach() {
        JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
        TemplateJob job = future.job();

        assertThat(job.form(0).extranonceSize()).isEqualTo(14);
        assertThat(job.form(1).extranonceSize()).isEqualTo(22);
        assertThat(job.groupMessage(0)).isSameAs(job.groupMessage(0));
        assertThat(job.groupMessage(0).minNtime()).isEmpty();
        assertThat(job.groupMessage(1).channelId()).isEqualTo(2);
        assertThat(job.groupMessage(0).coinbaseTxPrefix())
                .isNotEqualTo(job.groupMessage(1).coinbaseTxPrefix());
    }

    @Test
    void shouldGiveJobsOfEqualContentHeadersOfTheirOwn() {
        JobUpdate.FutureJob one = (JobUpdate.FutureJob) templates.future();
        JobUpdate.FutureJob two = (JobUpdate.FutureJob) templates.future();

        assertThat(one.job().form(0).coinbase()).isNotEqualTo(two.job().form(0).coinbase());
        assertThat(one.job().renumbered(99, 0).coinbase())
                .isNotEqualTo(one.job().form(0).coinbase());
        assertThat(one.job().renumbered(99, 0).id()).isEqualTo(99);
    }

    @Test
    void shouldKeepJobsValidWhenOnlyTheProviderChanges() {
        templates.future();
        templates.tip(1);
        templates.future();

        assertThat(((JobUpdate.NewTip) templates.tip(1)).previousHashChanged()).isFalse();
    }

    @Test
    void shouldRefuseWhatBreaksTheSpecification() {
        assertThat(jobs.onNewTemplate(templates.template(false)))
                .isInstanceOfSatisfying(
                        TemplateJobs.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(TemplateJobs.Refusal.NO_PREVIOUS_HASH));
        assertThat(jobs.onSetNewPrevHash(templates.previousHash(77, 1)))
                .isInstanceOfSatisfying(
                        TemplateJobs.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(TemplateJobs.Refusal.UNKNOWN_TEMPLATE));
        assertThat(jobs.onSetNewPrevHash(new SetNewPrevHash(1, U256.ZERO, 0, 0xffff_ffffL, U256.MAX_VALUE)))
                .isInstanceOfSatisfying(
                        TemplateJobs.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(TemplateJobs.Refusal.INVALID_BITS));
        NewTemplate longPath = new NewTemplate(
                1, true, 1, 2, Bytes.EMPTY, 0, 1, 0, Bytes.EMPTY, 0, Collections.nCopies(255, U256.ZERO));
        assertThat(jobs.onNewTemplate(longPath))
                .isInstanceOfSatisfying(
                        TemplateJobs.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(TemplateJobs.Refusal.PATH_TOO_LONG));
        NewTemplate noOutputs =
                new NewTemplate(1, true, 1, 2, Bytes.EMPTY, 0, 1, 5, Bytes.EMPTY, 0, java.util.List.of());
        assertThat(jobs.onNewTemplate(noOutputs))
                .isInstanceOfSatisfying(
                        TemplateJobs.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(TemplateJobs.Refusal.INVALID_COINBASE));
        assertThat(jobs.snapshot()).isEqualTo(JobSnapshot.EMPTY);
    }

    @Test
    void shouldKeepAFewFutureJobsOnly() {
        for (int i = 0; i < 1_000; i++) {
            templates.future();
        }

        assertThat(jobs.snapshot().futures()).hasSize(8);
        jobs.forgetFutures();
        assertThat(jobs.snapshot().futures()).isEmpty();
    }

    @Test
    void shouldNumberJobsWithoutZeroWhenStartingAgain() {
        JobNumbers numbers = new JobNumbers();
        assertThat(numbers.next()).isEqualTo(1);
        assertThat(numbers.next()).isEqualTo(2);
    }

    @Test
    void shouldTakeForABlockWhatMeetsTheBitsWhateverTargetTheProviderNames() {
        for (U256 target : new U256[] {U256.ZERO, U256.MAX_VALUE}) {
            JobUpdate.FutureJob future = (JobUpdate.FutureJob) templates.future();
            jobs.onSetNewPrevHash(
                    new SetNewPrevHash(future.job().templateId(), U256.of(8), Templates.TIME, 0x1d00_ffffL, target));

            assertThat(jobs.snapshot().tip().orElseThrow().networkTarget()).isEqualTo(Target.DIFFICULTY_ONE);
        }
    }
}
