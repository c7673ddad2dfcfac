@NullMarked
package org.ehashpool.kit.stats.spool;

import org.jspecify.annotations.NullMarked;
