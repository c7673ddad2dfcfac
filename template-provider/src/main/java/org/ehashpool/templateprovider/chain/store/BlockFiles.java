package org.ehashpool.templateprovider.chain.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.templateprovider.chain.consensus.BlockStore;

/**
 * The blocks of a directory, in the order in which they came. A location is the file's number in the upper 24 bits and
 * the offset in the lower 40. For one thread.
 */
public final class BlockFiles implements BlockStore, AutoCloseable {
    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private final Path directory;
    private final @U32 long bits;
    private final long fileSize;
    private final DirectoryLock lock;
    private final List<BlockFile> files = new ArrayList<>();

    private BlockFiles(Path directory, @U32 long bits, long fileSize, DirectoryLock lock) {
        this.directory = directory;
        this.bits = bits;
        this.fileSize = fileSize;
        this.lock = lock;
    }

    /**
     * Opens a directory, which is made where there is none.
     *
     * @param bits the chain's; a directory with others is refused
     * @param fileSize bytes after which the next file is begun
     * @throws IOException if another process has it, it is another chain's, or it cannot be read and written
     */
    public static BlockFiles open(Path directory, @U32 long bits, long fileSize) throws IOException {
        Files.createDirectories(directory);
        BlockFiles opened = new BlockFiles(directory, bits, fileSize, DirectoryLock.acquire(directory));
        boolean complete = false;
        try {
            opened.openFiles();
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    private void openFiles() throws IOException {
        for (int number = 0; Files.exists(path(number)); number++) {
            // A preamble that a power cut left unfinished: nothing was ever kept behind it.
            boolean unfinished = Files.size(path(number)) < BlockFile.PREAMBLE && !Files.exists(path(number + 1));
            if (unfinished) {
                Files.delete(path(number));
            } else {
                files.add(BlockFile.open(path(number), number, bits));
            }
        }
        if (files.isEmpty()) {
            addFile();
        }
    }

    /** Takes each block of a replay. */
    public interface Visitor {
        /**
         * A block, in the order in which they were appended.
         *
         * @throws IOException ends the replay
         */
        void block(long location, Bytes block) throws IOException;
    }

    /**
     * Goes through all blocks, once, before the first append.
     *
     * @return the number of bytes of an unfinished block that were cut off
     * @throws IOException if a file is damaged elsewhere than at the very end
     */
    public long replay(Visitor visitor) throws IOException {
        long cut = 0;
        for (int i = 0; i < files.size(); i++) {
            int number = i;
            cut += files.get(i)
                    .replay(
                            number == files.size() - 1,
                            (offset, block) -> visitor.block(location(number, offset), block));
        }
        return cut;
    }

    @Override
    public long append(Bytes block) throws IOException {
        if (files.getLast().length() >= fileSize) {
            addFile();
        }
        return location(files.size() - 1, files.getLast().append(block));
    }

    @Override
    public Bytes read(long location) throws IOException {
        return files.get((int) (location >>> OFFSET_BITS)).read(location & OFFSET_MASK);
    }

    private static long location(int file, long offset) {
        return (long) file << OFFSET_BITS | offset;
    }

    private Path path(int number) {
        return directory.resolve("blocks-%05d.dat".formatted(number));
    }

    private void addFile() throws IOException {
        int number = files.size();
        files.add(BlockFile.create(path(number), number, bits));
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            for (BlockFile file : files) {
                file.close();
            }
        }
    }
}
