package org.ehashpool.pool.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.mining.job.TemplateJobs.Refused;
import org.ehashpool.mining.job.TemplateJobs.Updated;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;

/** Makes jobs of the active provider's templates and hands them to all who mine. Fed on one thread, subscribed to on any. */
final class JobPublisher implements JobFeed {
    private final JobNumbers numbers;
    private final TemplateEvents events;
    private final List<Consumer<JobUpdate>> subscribers = new ArrayList<>(2);
    private TemplateJobs.Settings settings;
    private TemplateJobs jobs;
    private JobSnapshot published = JobSnapshot.EMPTY;

    JobPublisher(TemplateJobs.Settings settings, JobNumbers numbers, TemplateEvents events) {
        this.settings = settings;
        this.numbers = numbers;
        this.events = events;
        this.jobs = new TemplateJobs(settings, numbers);
    }

    @Override
    public synchronized JobSnapshot subscribe(Consumer<JobUpdate> updates) {
        subscribers.add(updates);
        return published;
    }

    /** What holds now. */
    synchronized JobSnapshot snapshot() {
        return published;
    }

    TemplateJobs.Settings settings() {
        return settings;
    }

    /** Jobs pay these from the next template on. */
    void payouts(PayoutOutputs payouts) {
        settings = settings.withPayouts(payouts);
        jobs = new TemplateJobs(settings, numbers);
    }

    /** Future templates of another provider are void. */
    void forgetFutures() {
        jobs.forgetFutures();
    }

    /** Empty: it became a job. */
    Optional<Refused> onNewTemplate(NewTemplate template) {
        return publish(jobs.onNewTemplate(template));
    }

    /** Empty: all work on it. */
    Optional<Refused> onSetNewPrevHash(SetNewPrevHash message) {
        return publish(jobs.onSetNewPrevHash(message));
    }

    private Optional<Refused> publish(TemplateJobs.Result result) {
        return switch (result) {
            case Updated(JobUpdate update) -> {
                publish(update);
                yield Optional.empty();
            }
            case Refused refused -> Optional.of(refused);
        };
    }

    private synchronized void publish(JobUpdate made) {
        JobUpdate update = continued(made);
        published = update.snapshot();
        for (Consumer<JobUpdate> subscriber : subscribers) {
            try {
                subscriber.accept(update);
            } catch (RuntimeException bug) {
                events.subscriberFailed(bug);
            }
        }
    }

    /** Where jobs were begun anew for other payouts, miners still work on what was published before. */
    private JobUpdate continued(JobUpdate made) {
        return switch (made) {
            case JobUpdate.FutureJob(TemplateJob job, JobSnapshot snapshot) ->
                snapshot.active().isPresent()
                        ? made
                        : new JobUpdate.FutureJob(job, new JobSnapshot(published.active(), snapshot.futures()));
            case JobUpdate.ActiveJob active -> active;
            case JobUpdate.NewTip tip ->
                new JobUpdate.NewTip(
                        tip.job(),
                        tip.tip(),
                        !published
                                .tip()
                                .map(ChainTip::previousHash)
                                .equals(Optional.of(tip.tip().previousHash())),
                        tip.groupMessages(),
                        tip.snapshot());
        };
    }
}
