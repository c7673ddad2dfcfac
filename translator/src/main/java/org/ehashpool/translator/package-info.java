/** The farm's side: Stratum V1 miners, served with the work of Stratum V2 pools. */
@NullMarked
package org.ehashpool.translator;

import org.jspecify.annotations.NullMarked;
