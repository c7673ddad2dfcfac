@NullMarked
package org.ehashpool.kit.http;

import org.jspecify.annotations.NullMarked;
