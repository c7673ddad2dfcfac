/**
 * The operator's commands and reports, and the checks at the start.
 */
@NullMarked
package org.ehashpool.mint.operate;

import org.jspecify.annotations.NullMarked;
