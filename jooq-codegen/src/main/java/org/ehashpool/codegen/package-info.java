/** See the module's description. */
@NullMarked
package org.ehashpool.codegen;

import org.jspecify.annotations.NullMarked;
