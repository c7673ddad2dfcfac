@NullMarked
package org.ehashpool.statistics.ingest;

import org.jspecify.annotations.NullMarked;
