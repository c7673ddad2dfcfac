@NullMarked
package org.ehashpool.kit.sv2.upstream;

import org.jspecify.annotations.NullMarked;
