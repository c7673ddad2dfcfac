@NullMarked
package org.ehashpool.statistics.signin;

import org.jspecify.annotations.NullMarked;
