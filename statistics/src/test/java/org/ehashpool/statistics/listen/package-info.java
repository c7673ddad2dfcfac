@NullMarked
package org.ehashpool.statistics.listen;

import org.jspecify.annotations.NullMarked;
