/** The statistics of a farm's operator: what translator and job declarator client tell, in Postgres and on pages. */
@NullMarked
package org.ehashpool.proxystats;

import org.jspecify.annotations.NullMarked;
