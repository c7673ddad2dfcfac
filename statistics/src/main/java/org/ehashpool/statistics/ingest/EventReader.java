package org.ehashpool.statistics.ingest;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says. Nearly all of it is {@code share_accepted} in the very form that our senders write it: that form is
 * read in one pass; every other one, and all that is wrong, by {@link MessageJson}.
 */
public final class EventReader {
    private static final byte[] SEQ = ascii("{\"seq\":");
    private static final byte[] AT = ascii(",\"at\":");
    private static final byte[] DOWNSTREAM = ascii(",\"type\":\"share_accepted\",\"downstream_id\":");
    private static final byte[] CHANNEL = ascii(",\"channel_id\":");
    private static final byte[] COUNT = ascii(",\"count\":");
    private static final byte[] WORK = ascii(",\"work\":\"");
    private static final byte[] END = ascii("\"}");
    /** Of a number that a {@code long} surely holds. */
    private static final int MOST_DIGITS = 18;

    private final byte[] payload;
    private int position;

    private EventReader(byte[] payload) {
        this.payload = payload;
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedMessageException when it is none of a sender's messages, saying why
     */
    public static StatsMessage.FromSender read(byte[] payload) throws MalformedMessageException {
        StatsMessage.Event event = new EventReader(payload).shareAccepted();
        return event == null ? MessageJson.readFromSender(payload) : event;
    }

    /** Null, if it is anything else. */
    private StatsMessage.@Nullable Event shareAccepted() {
        long seq = skip(SEQ) ? number() : -1;
        long at = seq > 0 && skip(AT) ? number() : -1;
        long downstream = at >= 0 && skip(DOWNSTREAM) ? number() : -1;
        long channel = downstream >= 0 && skip(CHANNEL) ? number() : -1;
        long count = channel >= 0 && skip(COUNT) ? number() : -1;
        if (count < 0 || !skip(WORK)) {
            return null;
        }
        BigInteger work = work();
        return work != null && skip(END) && position == payload.length
                ? new StatsMessage.Event(seq, at, new StatsEvent.ShareAccepted(downstream, channel, count, work))
                : null;
    }

    private boolean skip(byte[] text) {
        if (payload.length - position < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (payload[position + i] != text[i]) {
                return false;
            }
        }
        position += text.length;
        return true;
    }

    /** -1, if there is none in its only form. */
    private long number() {
        int begin = position;
        long value = 0;
        while (position < payload.length && isDigit(payload[position])) {
            if (position - begin == MOST_DIGITS) {
                return -1;
            }
            value = value * 10 + (payload[position++] - '0');
        }
        int digits = position - begin;
        return digits == 0 || (digits > 1 && payload[begin] == '0') ? -1 : value;
    }

    private @Nullable BigInteger work() {
        int begin = position;
        long value = number();
        if (value >= 0) {
            return BigInteger.valueOf(value);
        }
        // A wide one: the ordinary reader decides whether it is too wide.
        position = begin;
        while (position < payload.length && isDigit(payload[position])) {
            position++;
        }
        int digits = position - begin;
        return digits == 0 || digits > 60 || payload[begin] == '0'
                ? null
                : new BigInteger(new String(payload, begin, digits, StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
