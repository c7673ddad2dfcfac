@NullMarked
package org.ehashpool.translator.purse;

import org.jspecify.annotations.NullMarked;
