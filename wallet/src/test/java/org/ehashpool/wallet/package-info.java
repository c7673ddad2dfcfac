/** A wallet against a real mint. */
@NullMarked
package org.ehashpool.wallet;

import org.jspecify.annotations.NullMarked;
