/** Talks to the HTTP port of a running service, with its token. */
@NullMarked
package org.ehashpool.cli.connection;

import org.jspecify.annotations.NullMarked;
