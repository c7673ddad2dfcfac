package org.ehashpool.pool.connection;

import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.sv2.message.Ehash;

/**
 * What one miner hears of quotes, by extension 0x4548. All of it can be found at the mints: who has not negotiated the
 * extension hears nothing, and who does not read misses some.
 */
final class EhashNotices {
    private final MinerLink link;
    private final Supplier<Optional<Ehash.EhashMints>> mints;

    EhashNotices(MinerLink link, Supplier<Optional<Ehash.EhashMints>> mints) {
        this.link = link;
        this.mints = mints;
    }

    /** The extension was negotiated, or the mints are others than before. */
    void sendMints() {
        mints.get().ifPresent(this::send);
    }

    /** Returns whether it was sent. */
    boolean send(Ehash.FromServer message) {
        boolean wanted = link.info().extensions().contains(Ehash.EXTENSION) && link.isWritable();
        if (wanted) {
            link.send(message);
        }
        return wanted;
    }
}
