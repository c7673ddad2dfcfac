/**
 * Serves templates: which client is sent what, and when; which templates are kept for requests and late solutions.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     chapter 7</a>
 */
@NullMarked
package org.ehashpool.templateprovider.serve;

import org.jspecify.annotations.NullMarked;
