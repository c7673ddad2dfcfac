package org.ehashpool.poolstats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.frame.MalformedFrameException;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;

/** A sender by hand: says exactly what a test wants said. */
final class Teller implements AutoCloseable {
    private final Socket socket;
    private final FrameDecoder decoder = new FrameDecoder();
    private final Queue<byte[]> payloads = new ArrayDeque<>();
    private long seq;

    Teller(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
    }

    /** Welcomed already. */
    static Teller of(int port, String service, String instance, String boot) throws Exception {
        Teller teller = new Teller(port);
        teller.say(hello(service, instance, boot, PoolStatsProcess.TOKEN));
        teller.seq = ((StatsMessage.Welcome) teller.hear()).lastSeq();
        return teller;
    }

    static StatsMessage.Hello hello(String service, String instance, String boot, String token) {
        return new StatsMessage.Hello(1, 1, service, instance, boot.repeat(32).substring(0, 32), token, null);
    }

    long lastSeq() {
        return seq;
    }

    void say(StatsMessage message) throws IOException {
        raw(Frames.frame(MessageJson.write(message)));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** With the next number. */
    Teller tell(long at, StatsEvent... events) throws IOException {
        for (StatsEvent event : events) {
            say(new StatsMessage.Event(++seq, at, event));
        }
        return this;
    }

    /** The next number is another one. */
    Teller from(long next) {
        seq = next - 1;
        return this;
    }

    /** Until everything that was told is acknowledged. */
    Teller kept() throws Exception {
        while (true) {
            StatsMessage.FromReceiver heard = hear();
            if (heard instanceof StatsMessage.Ack ack && ack.seq() >= seq) {
                return this;
            }
            if (heard instanceof StatsMessage.Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.message());
            }
        }
    }

    StatsMessage.FromReceiver hear() throws IOException, MalformedFrameException, MalformedMessageException {
        byte[] bytes = new byte[4_096];
        while (payloads.isEmpty()) {
            int count = socket.getInputStream().read(bytes);
            if (count < 0) {
                throw new IOException("closed");
            }
            decoder.feed(bytes, 0, count, payloads::add);
        }
        return MessageJson.readFromReceiver(payloads.remove());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
