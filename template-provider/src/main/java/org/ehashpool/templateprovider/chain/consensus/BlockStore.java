package org.ehashpool.templateprovider.chain.consensus;

import java.io.IOException;
import org.ehashpool.sv2.type.Bytes;

/** Where blocks are kept. */
public interface BlockStore {

    /**
     * Keeps a block. When it returns, the block survives a power cut.
     *
     * @return where it is, for {@link #read}
     * @throws IOException if it is not kept; what was kept before still is
     */
    long append(Bytes block) throws IOException;

    /**
     * A block that was kept.
     *
     * @throws IOException if it cannot be read, or is not what was written
     */
    Bytes read(long location) throws IOException;
}
