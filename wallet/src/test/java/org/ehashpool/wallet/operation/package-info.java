@NullMarked
package org.ehashpool.wallet.operation;

import org.jspecify.annotations.NullMarked;
