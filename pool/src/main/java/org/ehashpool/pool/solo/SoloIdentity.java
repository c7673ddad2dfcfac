package org.ehashpool.pool.solo;

import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.sv2.type.Text;

/**
 * What a user identity says of who is to be paid by a block. What looks like a wish to mine solo and cannot be granted is
 * refused: to take such work for the pool would take the miner's money.
 */
public sealed interface SoloIdentity {
    /** The pool, which pays its miners. */
    record Pooled() implements SoloIdentity {}

    /**
     * The miner.
     *
     * @param payout with the pool's part, if there is one
     */
    record Solo(SoloPayout payout) implements SoloIdentity {}

    /** Cannot be granted. */
    record Refused() implements SoloIdentity {}

    /**
     * Understands an identity:
     *
     * <ul>
     *   <li>{@code sri/solo/ADDRESS[/…]}: all to the address;
     *   <li>{@code sri/donate/PERCENT/ADDRESS[/…]}: 1 to 99 percent to the pool, the rest to the address;
     *   <li>{@code sri/donate[/WORKER]}: all to the pool;
     *   <li>{@code ADDRESS}, alone or followed by a dot or slash and anything: all to the address, where the operator
     *       allows it;
     *   <li>anything else that begins with {@code sri/} in whatever case is refused, anything else is pooled.
     * </ul>
     *
     * @param network of the addresses
     */
    static SoloIdentity of(Text userIdentity, SoloConfig config, Network network) {
        return new SoloIdentityParser(config, network).parse(userIdentity.toString());
    }
}
