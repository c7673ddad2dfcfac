package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What pools accepted on channels whose user_identity is a key, with or without a worker's name behind it.
 *
 * @param key 66 hexadecimal digits in lower case
 * @param workers how many such user_identities there are
 */
public record CreditView(
        String key,
        long workers,
        long accepted,
        long rejected,
        BigInteger work,
        @Nullable Instant lastShareAt) {}
