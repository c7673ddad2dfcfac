/** See the module's description. */
@NullMarked
package org.ehashpool.kit;

import org.jspecify.annotations.NullMarked;
