/**
 * A Bitcoin node as services see it: JSON-RPC over HTTP, its answers as records, its failures as values.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/doc/JSON-RPC-interface.md">Bitcoin Core, JSON-RPC
 *     interface</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0022.mediawiki">BIP 22, getblocktemplate</a>
 */
@NullMarked
package org.ehashpool.kit.bitcoin;

import org.jspecify.annotations.NullMarked;
