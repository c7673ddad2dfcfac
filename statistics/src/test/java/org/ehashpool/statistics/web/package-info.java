/** Tests of the pages, the API and live updates. */
@NullMarked
package org.ehashpool.statistics.web;

import org.jspecify.annotations.NullMarked;
