@NullMarked
package org.ehashpool.cli.wallet;

import org.jspecify.annotations.NullMarked;
