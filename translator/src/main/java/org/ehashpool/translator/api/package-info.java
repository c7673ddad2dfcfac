/** What the translator's miners look like over HTTP, and what its operator may tell them. */
@NullMarked
package org.ehashpool.translator.api;

import org.jspecify.annotations.NullMarked;
