@NullMarked
package org.ehashpool.kit.config;

import org.jspecify.annotations.NullMarked;
