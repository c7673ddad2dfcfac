@NullMarked
package org.ehashpool.mint;

import org.jspecify.annotations.NullMarked;
