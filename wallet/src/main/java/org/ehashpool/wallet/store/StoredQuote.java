package org.ehashpool.wallet.store;

import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * A quote of one of the wallet's keys.
 *
 * @param request what was paid for, of method ehash the share's hash
 * @param paid what can be minted from it in all
 * @param claimed what this wallet has minted from it
 * @param operation that mints from it now
 * @param claiming what that mints
 * @param single whether it is minted by itself, for a batch with it was refused
 */
public record StoredQuote(
        MintUrl mint,
        String id,
        String unit,
        PublicKey lockingKey,
        String request,
        Amount paid,
        Amount claimed,
        Optional<UUID> operation,
        Optional<Amount> claiming,
        boolean single) {}
