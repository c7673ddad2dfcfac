/** What the launcher script tells its commands: where the programs are, where data live. */
@NullMarked
package org.ehashpool.cli.launch;

import org.jspecify.annotations.NullMarked;
