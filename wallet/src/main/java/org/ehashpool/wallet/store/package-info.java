/** The wallet's tables: a class each, used within transactions. Migrations are in {@code wallet/migrations}. */
@NullMarked
package org.ehashpool.wallet.store;

import org.jspecify.annotations.NullMarked;
