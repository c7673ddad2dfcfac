/**
 * {@code ./ehash keys}: authority keys, and the SV2 addresses that pin them.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#47-url-scheme-and-pool-authority-key">
 *     Stratum V2, 4.7</a>
 */
@NullMarked
package org.ehashpool.cli.keys;

import org.jspecify.annotations.NullMarked;
