/** The suite as a user runs it: the built programs, as processes. */
@NullMarked
package org.ehashpool.integration;

import org.jspecify.annotations.NullMarked;
