/** {@code ./ehash postgres}: state, backup and restore of an embedded PostgreSQL. */
@NullMarked
package org.ehashpool.cli.postgres;

import org.jspecify.annotations.NullMarked;
