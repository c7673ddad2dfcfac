package org.ehashpool.templateprovider.chain.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/** One file of blocks. It begins with a mark, a version, the chain's bits and its own number. */
final class BlockFile implements AutoCloseable {
    static final int PREAMBLE = 16;
    private static final int MARK = 0x4c43_4845;
    private static final int VERSION = 1;
    /** A power cut can leave one unfinished record: more than that is damage of another kind. */
    private static final int MAX_TORN = RecordFormat.HEADER + RecordFormat.MAX_BLOCK;

    private final Path path;
    private final FileChannel channel;
    private long length;

    private BlockFile(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.length = length;
    }

    /** Makes a file that is there with its preamble or not at all, as far as {@link #open} is concerned. */
    static BlockFile create(Path path, int number, @U32 long bits) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
        preamble.putInt(MARK).putInt(VERSION).putInt((int) bits).putInt(number).flip();
        write(channel, preamble, 0);
        channel.force(true);
        return new BlockFile(path, channel, PREAMBLE);
    }

    /** Opens a file whose preamble is whole. */
    static BlockFile open(Path path, int number, @U32 long bits) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, preamble, 0, path);
            preamble.flip();
            if (preamble.getInt(0) != MARK || preamble.getInt(4) != VERSION || preamble.getInt(12) != number) {
                throw new ChainStoreException(path + " is no block file of this chain: move it away");
            }
            long found = Integer.toUnsignedLong(preamble.getInt(8));
            if (found != bits) {
                throw new ChainStoreException(
                        "the chain in %s has bits %08x, the configuration says %08x: choose another directory (embedded_chain.directory), or the same bits"
                                .formatted(path.getParent(), found, bits));
            }
            BlockFile file = new BlockFile(path, channel, channel.size());
            opened = true;
            return file;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** The number of bytes in use. */
    long length() {
        return length;
    }

    /** Takes each block of a replay. */
    interface Visitor {
        void block(long offset, Bytes block) throws IOException;
    }

    /**
     * Goes through all blocks.
     *
     * @param last whether the file may end in what a power cut left, which is then cut off
     * @return the number of bytes cut off
     */
    long replay(boolean last, Visitor visitor) throws IOException {
        long position = PREAMBLE;
        while (position < length) {
            ByteBuffer header = ByteBuffer.allocate((int) Math.min(RecordFormat.HEADER, length - position));
            readFully(channel, header, position, path);
            RecordFormat.Header decoded = RecordFormat.decode(header.array(), 0);
            if (decoded == null || position + RecordFormat.HEADER + decoded.length() > length) {
                return cut(position, last);
            }
            ByteBuffer body = ByteBuffer.allocate(decoded.length());
            readFully(channel, body, position + RecordFormat.HEADER, path);
            if (RecordFormat.checksum(body.array(), 0, decoded.length()) != decoded.checksum()) {
                return cut(position, last);
            }
            visitor.block(position, Bytes.of(body.array()));
            position += RecordFormat.HEADER + decoded.length();
        }
        return 0;
    }

    private long cut(long position, boolean last) throws IOException {
        long tail = length - position;
        if (!last || tail > MAX_TORN || hasRecordAfter(position, (int) tail)) {
            throw new ChainStoreException(
                    path + " is damaged at byte " + position
                            + ", before its last block: restore it from a copy, or move the directory away to begin a new chain");
        }
        truncate(position);
        return tail;
    }

    private boolean hasRecordAfter(long position, int tail) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(tail);
        readFully(channel, rest, position, path);
        byte[] bytes = rest.array();
        for (int offset = 1; offset < tail; offset++) {
            RecordFormat.Header header = RecordFormat.decode(bytes, offset);
            if (header != null) {
                return true;
            }
        }
        return false;
    }

    /** Writes and syncs a block; where that fails, the file is as before. */
    long append(Bytes block) throws IOException {
        long offset = length;
        ByteBuffer record = RecordFormat.encode(block);
        int size = record.remaining();
        boolean kept = false;
        try {
            write(channel, record, offset);
            channel.force(false);
            kept = true;
        } finally {
            if (!kept) {
                truncate(offset);
            }
        }
        length = offset + size;
        return offset;
    }

    Bytes read(long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RecordFormat.HEADER);
        readFully(channel, header, offset, path);
        RecordFormat.Header decoded = RecordFormat.decode(header.array(), 0);
        if (decoded == null) {
            throw new ChainStoreException(path + " has changed at byte " + offset);
        }
        ByteBuffer body = ByteBuffer.allocate(decoded.length());
        readFully(channel, body, offset + RecordFormat.HEADER, path);
        if (RecordFormat.checksum(body.array(), 0, decoded.length()) != decoded.checksum()) {
            throw new ChainStoreException(path + " has changed at byte " + offset);
        }
        return Bytes.of(body.array());
    }

    private void truncate(long size) throws IOException {
        channel.truncate(size);
        channel.force(true);
        length = size;
    }

    private static void write(FileChannel channel, ByteBuffer source, long position) throws IOException {
        long next = position;
        while (source.hasRemaining()) {
            next += channel.write(source, next);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position, Path path) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, next);
            if (count < 0) {
                throw new ChainStoreException(path + " ends at byte " + next);
            }
            next += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
