/**
 * The seam between the two halves of a translator: where miners get work and bring shares. The Stratum V1 half calls a
 * {@link org.ehashpool.translator.work.WorkSource}, the Stratum V2 half implements it; neither knows the other. Everything
 * happens on one event loop.
 */
@NullMarked
package org.ehashpool.translator.work;

import org.jspecify.annotations.NullMarked;
