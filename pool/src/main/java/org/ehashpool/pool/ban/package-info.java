/** Who may not mine here for a time: addresses and users. Kept in a small file, so that bans outlive a restart. */
@NullMarked
package org.ehashpool.pool.ban;

import org.jspecify.annotations.NullMarked;
