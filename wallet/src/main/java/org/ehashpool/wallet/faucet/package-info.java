/**
 * Small tokens for whoever asks, within limits that hold over restarts: what was asked for is counted in the wallet's
 * database before anything is sent. Off unless it is configured.
 */
@NullMarked
package org.ehashpool.wallet.faucet;

import org.jspecify.annotations.NullMarked;
