/**
 * {@code ./ehash wallet}: a wallet by itself, for any miner with a key or a seed and a mint's URL; or the wallet of a
 * running translator.
 */
@NullMarked
package org.ehashpool.cli.wallet;

import org.jspecify.annotations.NullMarked;
