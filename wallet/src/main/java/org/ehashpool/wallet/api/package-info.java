/** The wallet over HTTP, for the operator of the service that has it: JSON, amounts as decimal strings. */
@NullMarked
package org.ehashpool.wallet.api;

import org.jspecify.annotations.NullMarked;
