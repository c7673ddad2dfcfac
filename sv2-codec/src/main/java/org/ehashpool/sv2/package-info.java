/**
 * Stratum V2 as values and bytes, pure: no I/O, no threads, no clock.
 *
 * <ul>
 *   <li>{@link org.ehashpool.sv2.type}: the data types of the specification's section 3.1;
 *   <li>{@link org.ehashpool.sv2.message}: every message, one record each;
 *   <li>{@link org.ehashpool.sv2.codec}: frames, and the codec derived from the records.
 * </ul>
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec">Stratum V2 specification</a>
 */
@NullMarked
package org.ehashpool.sv2;

import org.jspecify.annotations.NullMarked;
