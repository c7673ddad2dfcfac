/** The suite as its users meet it: services side by side in this process, or the built programs as processes. */
@NullMarked
package org.ehashpool.integration;

import org.jspecify.annotations.NullMarked;
