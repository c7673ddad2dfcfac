/** The rules that the build holds over every module: layering, purity, naming. */
@NullMarked
package org.ehashpool.architecture;

import org.jspecify.annotations.NullMarked;
