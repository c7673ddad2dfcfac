/** {@code ./ehash mint}: the operator's commands to a running mint, over its management port. */
@NullMarked
package org.ehashpool.cli.mint;

import org.jspecify.annotations.NullMarked;
