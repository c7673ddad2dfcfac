/**
 * Blind signatures: what a wallet asks a mint to sign, what the mint answers, and the proof that it signed with the key
 * it publishes.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md">NUT-00</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/12.md">NUT-12</a>
 */
@NullMarked
package org.ehashpool.cashu.blind;

import org.jspecify.annotations.NullMarked;
