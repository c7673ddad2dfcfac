/**
 * Solutions become blocks: checked, brought to the node before anything else, kept in files until it has them.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     section 7.7</a>
 */
@NullMarked
package org.ehashpool.templateprovider.block;

import org.jspecify.annotations.NullMarked;
