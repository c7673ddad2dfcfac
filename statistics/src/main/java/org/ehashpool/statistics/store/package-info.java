/** The tables: changed figures are written, the directory of what is known is read. */
@NullMarked
package org.ehashpool.statistics.store;

import org.jspecify.annotations.NullMarked;
