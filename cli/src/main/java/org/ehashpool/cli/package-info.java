/** See the module's description. */
@NullMarked
package org.ehashpool.cli;

import org.jspecify.annotations.NullMarked;
