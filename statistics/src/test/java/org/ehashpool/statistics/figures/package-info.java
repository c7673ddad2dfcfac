/** Tests of the figures against tables that are filled by SQL. */
@NullMarked
package org.ehashpool.statistics.figures;

import org.jspecify.annotations.NullMarked;
