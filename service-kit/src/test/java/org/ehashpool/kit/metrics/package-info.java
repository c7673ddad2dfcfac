@NullMarked
package org.ehashpool.kit.metrics;

import org.jspecify.annotations.NullMarked;
