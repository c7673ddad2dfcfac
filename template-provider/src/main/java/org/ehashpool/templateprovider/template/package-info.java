/**
 * Templates, without I/O: what a node's getblocktemplate becomes for a client that needs room for its own coinbase
 * outputs.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     chapter 7</a>
 */
@NullMarked
package org.ehashpool.templateprovider.template;

import org.jspecify.annotations.NullMarked;
