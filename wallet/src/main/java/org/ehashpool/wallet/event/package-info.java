/** The wallet's log: one method for each event. */
@NullMarked
package org.ehashpool.wallet.event;

import org.jspecify.annotations.NullMarked;
