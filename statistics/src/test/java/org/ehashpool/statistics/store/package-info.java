/** Tests of the tables. */
@NullMarked
package org.ehashpool.statistics.store;

import org.jspecify.annotations.NullMarked;
