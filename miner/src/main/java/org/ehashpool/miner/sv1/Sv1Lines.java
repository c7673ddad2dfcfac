package org.ehashpool.miner.sv1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/** The messages of a server, line by line, from a connection. */
public final class Sv1Lines {
    /** The longest line that is read: a job with the largest coinbase that anybody sends is a tenth of it. */
    static final int MAX_LINE = 128 << 10;

    private final Receiver receiver;

    private Sv1Lines(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Who reads. */
    public interface Receiver {
        /**
         * A message came.
         *
         * @throws Sv1ProtocolException if it makes no sense now
         */
        void received(Sv1Message message) throws Sv1ProtocolException;

        /** The server sent what is no message, or makes no sense: leave it. */
        void violated(String reason);
    }

    /** Begins to read what the server sends. */
    public static void read(NetSocket socket, Receiver receiver) {
        RecordParser lines =
                RecordParser.newDelimited("\n", new Sv1Lines(receiver)::line).maxRecordSize(MAX_LINE);
        lines.exceptionHandler(tooLong -> receiver.violated("a line of more than " + MAX_LINE + " bytes"));
        socket.handler(lines);
    }

    private void line(Buffer line) {
        byte[] bytes = line.getBytes();
        if (isBlank(bytes)) {
            return;
        }
        try {
            receiver.received(Sv1Reader.read(bytes));
        } catch (Sv1ProtocolException e) {
            receiver.violated(e.reason());
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\r') {
                return false;
            }
        }
        return true;
    }
}
