@NullMarked
package org.ehashpool.cli.audit;

import org.jspecify.annotations.NullMarked;
