/**
 * The keys that the wallet's quotes are locked to. One key links all quotes that are locked to it, so a new one comes
 * into use every day; all of them stay claimable.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/20.md">NUT-20</a>
 */
@NullMarked
package org.ehashpool.wallet.key;

import org.jspecify.annotations.NullMarked;
