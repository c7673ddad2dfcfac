/** Follows the node: what it proposes, when that changes, and whether it can be relied on. */
@NullMarked
package org.ehashpool.templateprovider.node;

import org.jspecify.annotations.NullMarked;
