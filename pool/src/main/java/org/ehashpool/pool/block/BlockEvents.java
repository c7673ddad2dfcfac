package org.ehashpool.pool.block;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log of found blocks: one method per event. */
final class BlockEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.pool.block");

    void found(BlockRecord block) {
        Level level = block.state() == BlockState.WAITING ? Level.ERROR : Level.INFO;
        LOG.atLevel(level)
                .addKeyValue("height", block.height())
                .addKeyValue("hash", block.hash())
                .addKeyValue("user", block.user())
                .addKeyValue("channel", block.channelId())
                .addKeyValue("providers", block.providers())
                .addKeyValue("value", block.value())
                .log(
                        block.state() == BlockState.WAITING
                                ? "block found, and no template provider to take it: kept until one is back"
                                : "block found and submitted");
    }

    void submittedLate(BlockRecord block) {
        LOG.atWarn()
                .addKeyValue("hash", block.hash())
                .addKeyValue("providers", block.providers())
                .log("block submitted late");
    }

    void stateChanged(BlockRecord block) {
        Level level =
                block.state() == BlockState.ORPHANED || block.state() == BlockState.UNKNOWN ? Level.WARN : Level.INFO;
        LOG.atLevel(level)
                .addKeyValue("height", block.height())
                .addKeyValue("hash", block.hash())
                .addKeyValue("state", block.state().label())
                .log("block");
    }

    void wholeBlockKept(BlockRecord block, Path file, int bytes, int transactions) {
        LOG.atInfo()
                .addKeyValue("hash", block.hash())
                .addKeyValue("file", file)
                .addKeyValue("bytes", bytes)
                .addKeyValue("transactions", transactions)
                .log("whole block written");
        if (block.state() == BlockState.WAITING) {
            notSubmitted(block, file);
        }
    }

    /** A block may be lost: the operator can still save it. */
    void notSubmitted(BlockRecord block, Path file) {
        LOG.atError()
                .addKeyValue("height", block.height())
                .addKeyValue("hash", block.hash())
                .addKeyValue("command", "bitcoin-cli submitblock \"$(cat " + file + ")\"")
                .log("block not submitted, no template provider takes it: submit it by hand");
    }

    void notReconstructed(BlockRecord block, String why) {
        LOG.atWarn().addKeyValue("hash", block.hash()).addKeyValue("why", why).log("block not put together here");
    }

    void writeFailed(BlockRecord block, Throwable cause) {
        LOG.atError().addKeyValue("hash", block.hash()).setCause(cause).log("block could not be written to disk");
    }

    void unrecorded(long dropped) {
        LOG.atError().addKeyValue("dropped", dropped).log("more blocks than can be recorded, submitted all the same");
    }

    void bug(Throwable cause) {
        LOG.atError().setCause(cause).log("internal error in the record of a block");
    }

    void recordUnreadable(Path file) {
        LOG.atWarn().addKeyValue("file", file).log("not a record of a block, ignored");
    }
}
