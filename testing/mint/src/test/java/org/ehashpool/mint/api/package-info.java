/** The public API, from outside. */
@NullMarked
package org.ehashpool.mint.api;

import org.jspecify.annotations.NullMarked;
