/** See the module's description. */
@NullMarked
package org.ehashpool.noise;

import org.jspecify.annotations.NullMarked;
