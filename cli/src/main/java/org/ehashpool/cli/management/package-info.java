/** What the commands of an operator have in common: they go to a running service's management port, with its token. */
@NullMarked
package org.ehashpool.cli.management;

import org.jspecify.annotations.NullMarked;
