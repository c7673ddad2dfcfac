/**
 * {@code ./ehash audit}: the pool's credits against the mint's quotes and signatures, and what the mint issued against a
 * wallet's claims. Extracts are read from all of them with their tokens; what does not agree is named.
 */
@NullMarked
package org.ehashpool.cli.audit;

import org.jspecify.annotations.NullMarked;
