package org.ehashpool.templateprovider.chain.consensus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;

/** Blocks in memory; fails when told to. */
final class MemoryStore implements BlockStore {
    final List<Bytes> blocks = new ArrayList<>();
    boolean full;

    @Override
    public long append(Bytes block) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        blocks.add(block);
        return blocks.size() - 1L;
    }

    @Override
    public Bytes read(long location) {
        return blocks.get((int) location);
    }
}
