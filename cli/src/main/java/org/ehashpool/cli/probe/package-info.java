/** {@code ./ehash probe}: a handshake with any Stratum V2 server, and what it negotiated. */
@NullMarked
package org.ehashpool.cli.probe;

import org.jspecify.annotations.NullMarked;
