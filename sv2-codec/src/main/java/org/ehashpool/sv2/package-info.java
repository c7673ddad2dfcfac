/** See the module's description. */
@NullMarked
package org.ehashpool.sv2;

import org.jspecify.annotations.NullMarked;
