/**
 * Keys: secret scalars and valid points of secp256k1. Blinded messages, signatures and the Y of a proof are points too.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md">NUT-00</a>
 */
@NullMarked
package org.ehashpool.cashu.point;

import org.jspecify.annotations.NullMarked;
