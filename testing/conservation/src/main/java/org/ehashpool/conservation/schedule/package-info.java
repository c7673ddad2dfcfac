/**
 * What is done to the suite, and when: drawn from a seed, known before the run.
 */
@NullMarked
package org.ehashpool.conservation.schedule;

import org.jspecify.annotations.NullMarked;
