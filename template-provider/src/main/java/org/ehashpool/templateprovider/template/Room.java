package org.ehashpool.templateprovider.template;

import java.util.Optional;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U32;

/**
 * What a client's own coinbase outputs may take of the block: CoinbaseOutputConstraints (section 7.1) that a block can
 * satisfy. Clients with equal room share their templates.
 *
 * @param size bytes of outputs
 * @param sigops signature operations in them
 */
public record Room(@U32 long size, @U16 int sigops) {
    /** "total: 1168 + 4*coinbase_output_max_additional_size weight units". */
    private static final long FIXED_WEIGHT = 1_168;

    /** As sv2-tp adds, against a miscount of ours or of the client. */
    private static final long PADDING_WEIGHT = 400;

    /** "Please note that Bitcoin Core establishes a floor value of 2000 weight units." */
    private static final long LEAST_WEIGHT = 2_000;

    private static final long MAX_BLOCK_WEIGHT = 4_000_000;

    /** A signature operation outside of witnesses costs four (BIP 141). */
    private static final int SIGOP_COST = 4;

    /** As a client asked for it; empty if no block has so much room. */
    public static Optional<Room> of(CoinbaseOutputConstraints message) {
        Room room = new Room(message.coinbaseOutputMaxAdditionalSize(), message.coinbaseOutputMaxAdditionalSigops());
        return room.weight() <= MAX_BLOCK_WEIGHT ? Optional.of(room) : Optional.empty();
    }

    /** Weight units kept free for header, count of transactions and coinbase transaction. */
    public long weight() {
        return Math.max(LEAST_WEIGHT, FIXED_WEIGHT + PADDING_WEIGHT + 4 * size);
    }

    /** Sigop cost kept free. */
    public long sigopCost() {
        return (long) SIGOP_COST * sigops;
    }
}
