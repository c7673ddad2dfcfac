/** Double SHA-256 without garbage. */
@NullMarked
package org.ehashpool.mining.hash;

import org.jspecify.annotations.NullMarked;
