/**
 * The mint as its interfaces see it: one method for each thing it can be asked. No HTTP here.
 *
 * <p>Requests that change something are each one database transaction; what they answer is durable. A call whose
 * future fails may have been done or not: the same call again finds the same answer, for ever.
 */
@NullMarked
package org.ehashpool.mint.core;

import org.jspecify.annotations.NullMarked;
