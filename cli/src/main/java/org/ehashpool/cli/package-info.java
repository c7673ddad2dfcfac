/** The {@code ./ehash} commands that are not a service, one package each. */
@NullMarked
package org.ehashpool.cli;

import org.jspecify.annotations.NullMarked;
