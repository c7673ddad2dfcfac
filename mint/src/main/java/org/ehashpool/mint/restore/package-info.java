/**
 * What wallets ask for that know too little: states of proofs, and signatures that were lost on their way.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/07.md">NUT-07</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09</a>
 */
@NullMarked
package org.ehashpool.mint.restore;

import org.jspecify.annotations.NullMarked;
