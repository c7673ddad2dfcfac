/** Services of the suite as child processes of a command: configured, watched over HTTP, stopped so that they drain. */
@NullMarked
package org.ehashpool.cli.process;

import org.jspecify.annotations.NullMarked;
