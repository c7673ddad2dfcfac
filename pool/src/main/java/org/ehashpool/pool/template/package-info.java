/**
 * Where the pool's jobs come from: template providers, one of which is followed at a time.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     section 7</a>
 */
@NullMarked
package org.ehashpool.pool.template;

import org.jspecify.annotations.NullMarked;
