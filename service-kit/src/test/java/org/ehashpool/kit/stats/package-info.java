@NullMarked
package org.ehashpool.kit.stats;

import org.jspecify.annotations.NullMarked;
