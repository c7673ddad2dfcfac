/**
 * The suite as processes, which may be killed at any time and are started again.
 */
@NullMarked
package org.ehashpool.conservation.site;

import org.jspecify.annotations.NullMarked;
