/**
 * Miners over Stratum V2 and V1 that remember what was acknowledged to them.
 */
@NullMarked
package org.ehashpool.conservation.load;

import org.jspecify.annotations.NullMarked;
