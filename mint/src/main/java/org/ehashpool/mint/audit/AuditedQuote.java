package org.ehashpool.mint.audit;

import java.time.Instant;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;

/**
 * A quote that a pool has paid.
 *
 * @param shareHash of the newest share, in reversed hex: the quote's identity at the pool
 * @param shareCount how many shares it pays for
 * @param paid what it was paid with
 * @param issued what was minted from it so far
 */
public record AuditedQuote(
        UUID id,
        String shareHash,
        long shareCount,
        String unit,
        PublicKey lockingKey,
        Amount paid,
        Amount issued,
        Instant createdAt) {}
