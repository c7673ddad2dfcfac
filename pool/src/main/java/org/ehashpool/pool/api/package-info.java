/** The pool's figures as JSON, and what an operator with the token may do. {@code openapi.json} describes all of it. */
@NullMarked
package org.ehashpool.pool.api;

import org.jspecify.annotations.NullMarked;
