@NullMarked
package org.ehashpool.kit.log;

import org.jspecify.annotations.NullMarked;
