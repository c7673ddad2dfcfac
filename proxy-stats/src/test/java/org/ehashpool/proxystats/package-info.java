@NullMarked
package org.ehashpool.proxystats;

import org.jspecify.annotations.NullMarked;
