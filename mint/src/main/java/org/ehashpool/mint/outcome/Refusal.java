package org.ehashpool.mint.outcome;

import org.ehashpool.cashu.error.ErrorCode;

/**
 * Why the mint does not do what it was asked.
 *
 * @param code of the NUTs
 * @param detail for people; without secrets
 */
public record Refusal(ErrorCode code, String detail) {}
