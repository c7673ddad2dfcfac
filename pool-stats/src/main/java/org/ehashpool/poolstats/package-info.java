/** The statistics of a pool's operator: what pool, mint and job declarator tell, in Postgres and on pages. */
@NullMarked
package org.ehashpool.poolstats;

import org.jspecify.annotations.NullMarked;
