@NullMarked
package org.ehashpool.statistics.fold;

import org.jspecify.annotations.NullMarked;
