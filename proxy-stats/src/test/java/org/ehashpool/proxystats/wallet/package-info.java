@NullMarked
package org.ehashpool.proxystats.wallet;

import org.jspecify.annotations.NullMarked;
