/**
 * What an auditor is shown: the quotes that pools have paid, one by one, and the books beside the rows that they sum up.
 * Reads only.
 */
@NullMarked
package org.ehashpool.mint.audit;

import org.jspecify.annotations.NullMarked;
