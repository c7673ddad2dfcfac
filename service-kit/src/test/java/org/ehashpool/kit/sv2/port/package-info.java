@NullMarked
package org.ehashpool.kit.sv2.port;

import org.jspecify.annotations.NullMarked;
