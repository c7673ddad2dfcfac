@NullMarked
package org.ehashpool.wallet.claim;

import org.jspecify.annotations.NullMarked;
