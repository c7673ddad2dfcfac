/**
 * Which upstream to dial and when: failover, failback, backoff, redirection, and what is remembered of an upstream. Pure
 * decisions; the clock's value and the randomness come from outside.
 */
@NullMarked
package org.ehashpool.kit.sv2.upstream;

import org.jspecify.annotations.NullMarked;
