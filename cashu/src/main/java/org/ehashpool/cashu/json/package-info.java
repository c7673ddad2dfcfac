/**
 * The JSON of the NUTs: requests and answers of a mint's endpoints as records, with exact unsigned 64-bit integers.
 * Unknown fields are ignored, everything else is strict and bounded; what is wrong is named by its place, never by its
 * value, so that no secret gets into an answer or a log.
 *
 * @see <a href="https://github.com/cashubtc/nuts">Cashu NUTs</a>
 */
@NullMarked
package org.ehashpool.cashu.json;

import org.jspecify.annotations.NullMarked;
