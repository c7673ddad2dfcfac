package org.ehashpool.mint.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;

/**
 * A quote for minting. It binds a unit, never a keyset.
 *
 * @param id a UUIDv7
 * @param method how it is paid: {@code ehash}, {@code bolt11}
 * @param unit in lower case
 * @param request what was to be paid: the share's hash in text, or an invoice
 * @param amount asked for
 * @param paid so far
 * @param issued so far; never more than paid
 * @param lockingKey who may mint; nobody else, when there is one
 * @param share what the quote pays for; of method {@code ehash}
 * @param expiry seconds since the epoch; of methods that have one
 * @param updatedAt seconds since the epoch, more with every change
 */
public record StoredQuote(
        UUID id,
        String method,
        String unit,
        String request,
        Optional<Amount> amount,
        Amount paid,
        Amount issued,
        Optional<PublicKey> lockingKey,
        Optional<Share> share,
        Optional<String> description,
        OptionalLong expiry,
        Instant createdAt,
        long updatedAt) {

    /**
     * The shares that a quote pays for.
     *
     * @param hash of the newest, in reversed hex, as block explorers print it
     * @param count how many
     * @param minedAt when the newest was found
     */
    public record Share(String hash, long count, Instant minedAt) {}

    /** What can still be minted. */
    public Amount mintable() {
        return paid.minus(issued);
    }

    StoredQuote withPaid(Amount newPaid, long newUpdatedAt) {
        return with(newPaid, issued, newUpdatedAt);
    }

    StoredQuote withIssued(Amount newIssued, long newUpdatedAt) {
        return with(paid, newIssued, newUpdatedAt);
    }

    private StoredQuote with(Amount newPaid, Amount newIssued, long newUpdatedAt) {
        return new StoredQuote(
                id,
                method,
                unit,
                request,
                amount,
                newPaid,
                newIssued,
                lockingKey,
                share,
                description,
                expiry,
                createdAt,
                newUpdatedAt);
    }
}
