package org.ehashpool.mining.extranonce;

import org.ehashpool.sv2.type.Bytes;

/**
 * A prefix from an {@link ExtranonceAllocator}.
 *
 * @param bytes for an extended channel, as they are
 * @param number the allocator's own name for it
 */
public record ExtranoncePrefix(Bytes bytes, long number) {
    /** For a standard channel: filled up with zeros to the whole extranonce. */
    public Bytes filledUp(int fullSize) {
        return Bytes.concat(bytes, Bytes.of(new byte[fullSize - bytes.length()]));
    }
}
