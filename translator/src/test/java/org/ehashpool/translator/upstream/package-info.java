/** The Stratum V2 half, tested without a network where it decides, and against scripted pools where it talks. */
@NullMarked
package org.ehashpool.translator.upstream;

import org.jspecify.annotations.NullMarked;
