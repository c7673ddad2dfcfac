@NullMarked
package org.ehashpool.kit.sv2;

import org.jspecify.annotations.NullMarked;
