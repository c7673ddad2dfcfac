@NullMarked
package org.ehashpool.kit.sv2.link;

import org.jspecify.annotations.NullMarked;
