/**
 * The authority key of a service that accepts SV2 connections, and the file that keeps it.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#47-url-scheme-and-pool-authority-key">
 *     Stratum V2, 4.7</a>
 */
@NullMarked
package org.ehashpool.kit.keys;

import org.jspecify.annotations.NullMarked;
