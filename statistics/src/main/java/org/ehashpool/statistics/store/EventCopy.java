package org.ehashpool.statistics.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.ehashpool.statistics.fold.RawEvent;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Events as {@code COPY … FORMAT binary}.
 *
 * @see <a href="https://www.postgresql.org/docs/17/sql-copy.html#SQL-COPY-FILE-FORMATS">File Formats</a>
 */
final class EventCopy {
    private static final String COPY =
            "copy event (boot, seq, at, received_at, counted_at, type, known, body) from stdin (format binary)";
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int COLUMNS = 8;
    private static final int PIECE = 64 * 1024;
    /** Of {@code jsonb}'s binary form. */
    private static final int BODY_VERSION = 1;
    /** 2000-01-01, the server's epoch. */
    private static final long EPOCH_MILLIS = 946_684_800_000L;
    /** The end of the year 9999: what a clock says beyond it is written as this. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private EventCopy() {}

    static void write(DSLContext sql, List<RawEvent> events) {
        sql.connection(connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
            try {
                Buffer buffer = new Buffer();
                DataOutputStream output = new DataOutputStream(buffer);
                output.write(SIGNATURE);
                output.writeInt(0);
                output.writeInt(0);
                for (RawEvent event : events) {
                    row(output, event);
                    if (buffer.size() >= PIECE) {
                        buffer.drainTo(copy);
                    }
                }
                output.writeShort(-1);
                buffer.drainTo(copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        });
    }

    private static void row(DataOutputStream output, RawEvent event) throws IOException {
        output.writeShort(COLUMNS);
        output.writeInt(Integer.BYTES);
        output.writeInt(event.boot());
        number(output, event.seq());
        number(output, micros(event.at()));
        number(output, micros(event.receivedAt()));
        number(output, micros(event.countedAt()));
        byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
        output.writeInt(type.length);
        output.write(type);
        output.writeInt(1);
        output.writeBoolean(event.known());
        byte[] body = event.body();
        output.writeInt(body.length + 1);
        output.write(BODY_VERSION);
        output.write(body);
    }

    private static void number(DataOutputStream output, long value) throws IOException {
        output.writeInt(Long.BYTES);
        output.writeLong(value);
    }

    private static long micros(long millis) {
        return (Math.min(millis, LATEST_MILLIS) - EPOCH_MILLIS) * 1_000;
    }

    /** Handed on without a copy of all. */
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(2 * PIECE);
        }

        void drainTo(CopyIn copy) {
            try {
                copy.writeToCopy(buf, 0, count);
            } catch (SQLException e) {
                throw new DataAccessException("copy", e);
            }
            reset();
        }
    }
}
