/** What mining over either protocol has in common: what it works with, how it is begun and ended, and its log. */
@NullMarked
package org.ehashpool.miner.upstream;

import org.jspecify.annotations.NullMarked;
