/**
 * What has changed, told after the commit that changed it.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/17.md">NUT-17</a>
 */
@NullMarked
package org.ehashpool.mint.journal;

import org.jspecify.annotations.NullMarked;
