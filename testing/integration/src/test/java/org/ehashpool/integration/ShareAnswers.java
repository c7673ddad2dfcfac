package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;

/**
 * What was answered to the shares of a channel, which were sent with sequence numbers in ascending order. Checks on the
 * way that no share is answered twice: an acknowledgement covers exactly those up to its number that were not answered
 * before, and an error never names one that is covered.
 *
 * @param accepted how many were acknowledged
 * @param refused how many got an error
 * @param unanswered the rest
 */
record ShareAnswers(long accepted, long refused, NavigableSet<Long> unanswered) {
    /**
     * The balance of a channel.
     *
     * @param sent the sequence numbers
     * @param received all that the client received, in order
     */
    static ShareAnswers of(long channelId, List<Long> sent, List<Message> received) {
        NavigableSet<Long> open = new TreeSet<>(sent);
        assertThat(open).as("sequence numbers").hasSameSizeAs(sent);
        long accepted = 0;
        long refused = 0;
        long covered = -1;
        for (Message message : received) {
            if (message instanceof SubmitSharesSuccess success && success.channelId() == channelId) {
                NavigableSet<Long> now = open.headSet(success.lastSequenceNumber(), true);
                assertThat(now).as("covered by %s", success).hasSize((int) success.newSubmitsAcceptedCount());
                assertThat(now.getLast()).isEqualTo(success.lastSequenceNumber());
                accepted += now.size();
                covered = success.lastSequenceNumber();
                now.clear();
            } else if (message instanceof SubmitSharesError error && error.channelId() == channelId) {
                assertThat(error.sequenceNumber()).as("not covered before").isGreaterThan(covered);
                assertThat(open.remove(error.sequenceNumber()))
                        .as("an open share: %s", error)
                        .isTrue();
                refused++;
            }
        }
        return new ShareAnswers(accepted, refused, open);
    }
}
