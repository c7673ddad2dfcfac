/**
 * Comes afterwards and compares: what miners saw, what the pool credited and ordered, what the mint quoted and issued,
 * what wallets have.
 */
@NullMarked
package org.ehashpool.conservation.books;

import org.jspecify.annotations.NullMarked;
