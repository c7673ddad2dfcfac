/**
 * Events on disk until they are acknowledged: a directory for each boot, in it files of records, each with its checksum.
 *
 * <p>What has been appended survives the end of the process at once, and a loss of power after at most the second in which
 * {@link org.ehashpool.kit.stats.spool.Spool#sync} is called again.
 */
@NullMarked
package org.ehashpool.kit.stats.spool;

import org.jspecify.annotations.NullMarked;
