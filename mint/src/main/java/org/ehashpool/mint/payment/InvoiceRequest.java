package org.ehashpool.mint.payment;

import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;

/**
 * {@code POST /v1/mint/quote/bolt11}.
 *
 * @param lockingKey who alone may mint
 */
public record InvoiceRequest(
        String unit, Optional<Amount> amount, Optional<String> description, Optional<PublicKey> lockingKey) {}
