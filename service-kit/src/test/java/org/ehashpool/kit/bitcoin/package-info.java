@NullMarked
package org.ehashpool.kit.bitcoin;

import org.jspecify.annotations.NullMarked;
