@NullMarked
package org.ehashpool.mint.issue;

import org.jspecify.annotations.NullMarked;
