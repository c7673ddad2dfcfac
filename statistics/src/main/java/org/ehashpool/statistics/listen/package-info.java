/** Where services tell: TCP with or without TLS, one connection for each boot; {@code docs/stats.md} is the grammar. */
@NullMarked
package org.ehashpool.statistics.listen;

import org.jspecify.annotations.NullMarked;
