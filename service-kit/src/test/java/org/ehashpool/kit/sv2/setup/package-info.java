@NullMarked
package org.ehashpool.kit.sv2.setup;

import org.jspecify.annotations.NullMarked;
