package org.ehashpool.templateprovider.block;

import java.time.Instant;
import java.util.Locale;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U64;

/**
 * What is shown of a block that was found.
 *
 * @param hash the block's hash
 * @param height its height; 0 for one of an earlier run, of which only the file is known
 * @param templateId the template it solves; 0 as above
 * @param foundAt when it came
 * @param outcome what became of it
 * @param words the node's, or the last failure's
 * @param attempts how often it was submitted
 */
public record BlockRecord(
        U256 hash, int height, @U64 long templateId, Instant foundAt, Outcome outcome, String words, int attempts) {

    /** What became of a block. */
    public enum Outcome {
        /** On its way. */
        PENDING,
        /** The node has it: as its new best block, or beside it. */
        ACCEPTED,
        /** The node says it is wrong. */
        REJECTED,
        /** The node could not be reached for too long; the file is kept. */
        UNDELIVERED;

        /** In lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    BlockRecord with(Outcome changed, String said, int tried) {
        return new BlockRecord(hash, height, templateId, foundAt, changed, said, tried);
    }
}
