package org.ehashpool.conservation.load;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ehashpool.sv2.type.U256;

/** What became of every share, in a file: an event of 34 bytes for each. Thread-safe. */
public final class ShareLog implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;

    /** What happened to a share. */
    public enum Event {
        SENT('s'),
        ACKNOWLEDGED('a'),
        REFUSED('r');

        private final char code;

        Event(char code) {
            this.code = code;
        }

        private static Event of(int code) throws IOException {
            for (Event event : values()) {
                if (event.code == code) {
                    return event;
                }
            }
            throw new IOException("no event: " + code);
        }
    }

    /** Told of events, in their order. */
    public interface Reader {
        /**
         * The next event.
         *
         * @param owner the number of the key that is to be paid; {@link #WALLET} for the translator's wallet
         */
        void read(Event event, int owner, U256 hash);
    }

    /** The owner of shares that are the translator's wallet's. */
    public static final int WALLET = 127;

    /** Begins a file. */
    public ShareLog(Path file) throws IOException {
        this.file = file;
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    /** Adds an event. */
    void add(Event event, int owner, U256 hash) {
        byte[] bytes = new byte[U256.LENGTH];
        hash.writeLittleEndian(bytes, 0);
        synchronized (this) {
            try {
                out.writeByte(event.code);
                out.writeByte(owner);
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("what was acknowledged cannot be recorded in " + file, e);
            }
        }
    }

    /** Reads all that was added; nothing is added any more. */
    public void read(Reader reader) throws IOException {
        close();
        byte[] hash = new byte[U256.LENGTH];
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            byte[] all = in.readAllBytes();
            if (all.length % (2 + U256.LENGTH) != 0) {
                throw new EOFException(file + " ends within an event");
            }
            for (int at = 0; at < all.length; at += 2 + U256.LENGTH) {
                System.arraycopy(all, at + 2, hash, 0, U256.LENGTH);
                reader.read(Event.of(all[at]), all[at + 1], U256.fromLittleEndian(hash, 0));
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
