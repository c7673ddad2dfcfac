package org.ehashpool.kit.stats;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ehashpool.kit.stats.spool.SpoolRecord;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;

/** What is sent of one boot over one connection, and what of it is acknowledged. Used by one thread at a time. */
final class SendingWindow {
    private final long widest;
    private long sent;
    private long acknowledged;

    /**
     * @param lastSeq of the receiver's welcome
     * @param widest how many numbers may be unacknowledged before the sender waits
     */
    SendingWindow(long lastSeq, long widest) {
        this.sent = lastSeq;
        this.acknowledged = lastSeq;
        this.widest = widest;
    }

    /** The last number that was sent or declared. */
    long sent() {
        return sent;
    }

    long unacknowledged() {
        return sent - acknowledged;
    }

    boolean isOpen() {
        return unacknowledged() < widest;
    }

    /** The frames of these records, with a gap before each that does not follow the one before it. */
    byte[] frames(List<SpoolRecord> records) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (SpoolRecord record : records) {
            if (record.seq() > sent + 1) {
                frames.writeBytes(Frames.frame(MessageJson.write(new StatsMessage.Gap(sent + 1, record.seq() - 1))));
            }
            frames.writeBytes(Frames.frame(record.payload()));
            sent = record.seq();
        }
        return frames.toByteArray();
    }

    /**
     * Takes an acknowledgement.
     *
     * @return whether the receiver may say so: it is of something sent, and not of less than before
     */
    boolean acknowledge(long seq) {
        if (seq > sent || seq < acknowledged) {
            return false;
        }
        acknowledged = seq;
        return true;
    }
}
