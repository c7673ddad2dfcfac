/** What a wallet says that it has minted, quote by quote, for auditors: they compare it with what its mints say. */
@NullMarked
package org.ehashpool.wallet.audit;

import org.jspecify.annotations.NullMarked;
