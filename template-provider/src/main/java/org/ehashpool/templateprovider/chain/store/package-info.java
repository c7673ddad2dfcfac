/**
 * Blocks on disk: files {@code blocks-00000.dat}, … that only grow, each block behind its length and checksums, synced
 * before it counts. What a power cut left of the last block is cut off at the next start; damage anywhere else is
 * refused. One process at a time has the directory.
 */
@NullMarked
package org.ehashpool.templateprovider.chain.store;

import org.jspecify.annotations.NullMarked;
