@NullMarked
package org.ehashpool.wallet.seed;

import org.jspecify.annotations.NullMarked;
