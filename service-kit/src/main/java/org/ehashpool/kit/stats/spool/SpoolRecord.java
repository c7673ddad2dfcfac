package org.ehashpool.kit.stats.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An event on disk: length of the payload U32, CRC-32C of what follows U32, sequence number U64, payload. */
public final class SpoolRecord {
    static final int HEADER_LENGTH = 16;
    private static final int LONGEST_PAYLOAD = 1 << 20;

    private final long seq;
    private final byte[] payload;

    /**
     * An event.
     *
     * @param seq its number within its boot, from 1
     * @param payload as it goes over the wire, without its frame; not copied
     */
    public SpoolRecord(long seq, byte[] payload) {
        if (payload.length > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("a payload of at most " + LONGEST_PAYLOAD + " bytes");
        }
        this.seq = seq;
        this.payload = payload;
    }

    public long seq() {
        return seq;
    }

    /** Not a copy. */
    public byte[] payload() {
        return payload;
    }

    int size() {
        return HEADER_LENGTH + payload.length;
    }

    void write(ByteBuffer target) {
        target.putInt(payload.length)
                .putInt((int) checksum(seq, payload))
                .putLong(seq)
                .put(payload);
    }

    /** Null, with the position unchanged, where no whole and sound record is. */
    static @Nullable SpoolRecord read(ByteBuffer source) {
        int start = source.position();
        if (source.remaining() >= HEADER_LENGTH) {
            int length = source.getInt();
            int checksum = source.getInt();
            long seq = source.getLong();
            if (length >= 0 && length <= source.remaining()) {
                byte[] payload = new byte[length];
                source.get(payload);
                if ((int) checksum(seq, payload) == checksum && seq > 0) {
                    return new SpoolRecord(seq, payload);
                }
            }
        }
        source.position(start);
        return null;
    }

    private static long checksum(long seq, byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seq));
        checksum.update(payload);
        return checksum.getValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpoolRecord record && seq == record.seq && Arrays.equals(payload, record.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(seq, Arrays.hashCode(payload));
    }

    @Override
    public String toString() {
        return "SpoolRecord[seq=" + seq + ", bytes=" + payload.length + "]";
    }
}
