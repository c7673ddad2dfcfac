/**
 * The operations on secp256k1 that ecash needs, on libsecp256k1, or in pure Java where that does not load.
 *
 * <p>Points are 65 bytes in this package: {@code 04}, x, y, all valid. {@link org.ehashpool.cashu.point} has the types
 * for the rest of the world.
 */
@NullMarked
package org.ehashpool.cashu.curve;

import org.jspecify.annotations.NullMarked;
