/** The operator's API, from outside. */
@NullMarked
package org.ehashpool.mint.manage;

import org.jspecify.annotations.NullMarked;
