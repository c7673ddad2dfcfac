@NullMarked
package org.ehashpool.kit.sv2.admission;

import org.jspecify.annotations.NullMarked;
