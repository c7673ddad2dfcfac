/** The operator's log of the template provider, one method per event. */
@NullMarked
package org.ehashpool.templateprovider.event;

import org.jspecify.annotations.NullMarked;
