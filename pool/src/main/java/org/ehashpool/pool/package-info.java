/** The pool: serves Stratum V2 miners with jobs from template providers, and judges their shares. */
@NullMarked
package org.ehashpool.pool;

import org.jspecify.annotations.NullMarked;
