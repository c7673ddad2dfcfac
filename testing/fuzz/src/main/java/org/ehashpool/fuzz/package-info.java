/**
 * Fuzzers for everything that reads what a stranger sent: frames, messages, TLVs, keys, URLs, certificates and the Noise
 * handshake.
 *
 * <p>A {@link org.ehashpool.fuzz.FuzzTarget} is a property over arbitrary bytes: whatever they are, the decoder either
 * gives a value that survives a round trip or refuses it by its documented exception, in bounded memory. {@link
 * org.ehashpool.fuzz.FuzzMain} searches for a counterexample with Jazzer; the inputs it keeps are replayed by the tests.
 *
 * @see <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>
 * @see <a href="https://github.com/stratum-mining/sv2-spec">Stratum V2</a>
 */
@NullMarked
package org.ehashpool.fuzz;

import org.jspecify.annotations.NullMarked;
