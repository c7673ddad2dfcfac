/**
 * The embedded chain as one thing: blocks on disk, the chain, its mempool and the transactions that fill it. One thread
 * owns it; everybody else sees its {@link org.ehashpool.templateprovider.chain.node.ChainStatus}.
 */
@NullMarked
package org.ehashpool.templateprovider.chain.node;

import org.jspecify.annotations.NullMarked;
