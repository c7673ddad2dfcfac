/** One writer for all connections: a group of messages and all their effects are one transaction. */
@NullMarked
package org.ehashpool.statistics.ingest;

import org.jspecify.annotations.NullMarked;
