/**
 * {@code ./ehash audit}: the pool's credits against the mint's quotes and signatures. Extracts are read from both with
 * their tokens; what does not agree is named.
 */
@NullMarked
package org.ehashpool.cli.audit;

import org.jspecify.annotations.NullMarked;
