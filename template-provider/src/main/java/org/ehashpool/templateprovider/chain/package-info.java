/**
 * The embedded chain: a regtest-like bitcoin node without a network, in this process, for demos, tests and benchmarks. It
 * is spoken to as any other node is, by JSON-RPC over HTTP.
 *
 * <p>{@link org.ehashpool.templateprovider.chain.EmbeddedNode} starts and stops it. Below it, from the outside inwards:
 * {@code rpc} (calls and their answers), {@code node} (the whole, on one thread), {@code mempool}, {@code store}, and
 * {@code consensus}, which is pure.
 */
@NullMarked
package org.ehashpool.templateprovider.chain;

import org.jspecify.annotations.NullMarked;
