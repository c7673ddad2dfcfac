package org.ehashpool.wallet.audit;

import java.math.BigInteger;
import org.ehashpool.cashu.point.PublicKey;

/**
 * What the wallet has of a quote.
 *
 * @param shareHash of the share that the quote pays for, in reversed hex
 * @param lockingKey whose it is
 * @param claimed what the wallet says that it has minted of it
 * @param open whether an operation without an answer mints from it
 */
public record AuditedClaim(
        String shareHash, String quote, String unit, PublicKey lockingKey, BigInteger claimed, boolean open) {}
