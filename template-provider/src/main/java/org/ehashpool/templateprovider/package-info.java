/** The template provider: serves a bitcoin node's block templates over Stratum V2. */
@NullMarked
package org.ehashpool.templateprovider;

import org.jspecify.annotations.NullMarked;
