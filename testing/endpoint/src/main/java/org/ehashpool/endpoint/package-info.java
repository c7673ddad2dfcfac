/** See the module's description. */
@NullMarked
package org.ehashpool.endpoint;

import org.jspecify.annotations.NullMarked;
