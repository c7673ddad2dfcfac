/**
 * The embedded chain's JSON-RPC over HTTP, as Bitcoin Core speaks it: the same methods, fields, error codes, HTTP statuses
 * and cookie file, for everything that a template provider, a pool's operator or a test asks of a node.
 *
 * @see <a href="https://developer.bitcoin.org/reference/rpc/">Bitcoin Core's RPC reference</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0022.mediawiki">BIP 22</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0023.mediawiki">BIP 23</a>
 */
@NullMarked
package org.ehashpool.templateprovider.chain.rpc;

import org.jspecify.annotations.NullMarked;
