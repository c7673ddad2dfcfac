package org.ehashpool.cashu.condition;

import org.ehashpool.cashu.error.ErrorCode;

/**
 * Why inputs may not be spent together.
 *
 * @param detail for people; without secrets
 */
public record ConditionFailure(ErrorCode code, String detail) {}
