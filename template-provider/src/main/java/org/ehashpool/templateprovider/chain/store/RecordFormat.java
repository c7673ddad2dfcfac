package org.ehashpool.templateprovider.chain.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The framing of a block in a file, little-endian: mark, length, checksum of the block, checksum of these twelve bytes,
 * the block.
 */
final class RecordFormat {
    /** Regtest's network magic. */
    static final int MARK = 0xdab5_bffa;

    static final int HEADER = 16;
    static final int MAX_BLOCK = 4_000_000;
    private static final int CHECKED = 12;

    private RecordFormat() {}

    /**
     * What a record's header says.
     *
     * @param length of the block, in bytes
     */
    record Header(int length, int checksum) {}

    static ByteBuffer encode(Bytes block) {
        byte[] body = block.toByteArray();
        if (body.length == 0 || body.length > MAX_BLOCK) {
            throw new IllegalArgumentException("no block: " + body.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MARK).putInt(body.length).putInt(checksum(body, 0, body.length));
        buffer.putInt(checksum(buffer.array(), 0, CHECKED)).put(body);
        return buffer.flip();
    }

    /** The header at an offset; null where there is none. */
    static @Nullable Header decode(byte[] source, int offset) {
        if (source.length - offset < HEADER) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, HEADER).slice().order(ByteOrder.LITTLE_ENDIAN);
        int mark = buffer.getInt(0);
        int length = buffer.getInt(4);
        if (mark != MARK
                || length <= 0
                || length > MAX_BLOCK
                || buffer.getInt(CHECKED) != checksum(source, offset, CHECKED)) {
            return null;
        }
        return new Header(length, buffer.getInt(8));
    }

    static int checksum(byte[] source, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(source, offset, length);
        return (int) checksum.getValue();
    }
}
