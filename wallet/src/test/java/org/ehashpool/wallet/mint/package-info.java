@NullMarked
package org.ehashpool.wallet.mint;

import org.jspecify.annotations.NullMarked;
