@NullMarked
package org.ehashpool.cli.pool;

import org.jspecify.annotations.NullMarked;
