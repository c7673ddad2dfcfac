package org.ehashpool.translator.work;

import org.ehashpool.sv2.type.Bytes;

/**
 * How a miner's extranonce is divided. What upstream fixes, and whatever is left over, stands in {@link Work#coinbase1},
 * so that neither part changes when the upstream does.
 *
 * @param extranonce1 the miner's fixed part
 * @param extranonce2Size bytes the miner rolls, 4 to 8
 */
public record ExtranonceSpace(Bytes extranonce1, int extranonce2Size) {}
