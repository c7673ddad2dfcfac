@NullMarked
package org.ehashpool.mint.core;

import org.jspecify.annotations.NullMarked;
