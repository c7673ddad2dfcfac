/**
 * Who may search where: extranonce prefixes that no two channels share, over several nodes of a pool.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5121-extended-extranonce">
 *     Stratum V2, section 5.1.2.1</a>
 */
@NullMarked
package org.ehashpool.mining.extranonce;

import org.jspecify.annotations.NullMarked;
