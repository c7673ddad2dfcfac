/**
 * The operator's side: commands and reports over HTTP on the service's own port, behind its bearer token, and the
 * figures that alarms are made of. Amounts are decimal strings, times epoch milliseconds, a keyset's expiry epoch
 * seconds.
 */
@NullMarked
package org.ehashpool.mint.manage;

import org.jspecify.annotations.NullMarked;
