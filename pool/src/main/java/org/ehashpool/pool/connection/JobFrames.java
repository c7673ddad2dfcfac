package org.ehashpool.pool.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.sv2.message.Mining;
import org.jspecify.annotations.Nullable;

/** A change of jobs with its messages to groups encoded, once for all connections. Immutable. */
final class JobFrames {
    /** What changed. */
    enum Kind {
        FUTURE_JOB,
        ACTIVE_JOB,
        NEW_TIP;

        /** For logs and metrics. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final JobUpdate update;
    private final long receivedAt;
    private final List<Mining.FromServer> messages;
    private final List<EncodedFrame> frames;

    private JobFrames(JobUpdate update, long receivedAt, List<Mining.FromServer> messages) {
        this.update = update;
        this.receivedAt = receivedAt;
        this.messages = List.copyOf(messages);
        frames = this.messages.stream().map(EncodedFrame::of).toList();
    }

    /**
     * Encodes.
     *
     * @param sizes how many sizes of extranonce there are
     * @param receivedAt when the update came, in monotonic nanoseconds
     */
    static JobFrames of(JobUpdate update, int sizes, long receivedAt) {
        return new JobFrames(
                update,
                receivedAt,
                switch (update) {
                    case JobUpdate.FutureJob future -> ofJob(future.job(), sizes);
                    case JobUpdate.ActiveJob active -> ofJob(active.job(), sizes);
                    case JobUpdate.NewTip tip -> List.copyOf(tip.groupMessages());
                });
    }

    private static List<Mining.FromServer> ofJob(TemplateJob job, int sizes) {
        List<Mining.FromServer> messages = new ArrayList<>(sizes);
        for (int i = 0; i < sizes; i++) {
            messages.add(job.groupMessage(i));
        }
        return messages;
    }

    JobUpdate update() {
        return update;
    }

    Kind kind() {
        return switch (update) {
            case JobUpdate.FutureJob future -> Kind.FUTURE_JOB;
            case JobUpdate.ActiveJob active -> Kind.ACTIVE_JOB;
            case JobUpdate.NewTip tip -> Kind.NEW_TIP;
        };
    }

    long receivedAt() {
        return receivedAt;
    }

    /** The frame of one of the messages to groups, which are told by their identity; null for any other message. */
    @Nullable
    EncodedFrame frame(Mining.FromServer message) {
        for (int i = 0; i < messages.size(); i++) {
            if (isSame(messages.get(i), message)) {
                return frames.get(i);
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Mining.FromServer one, Mining.FromServer other) {
        return one == other;
    }
}
