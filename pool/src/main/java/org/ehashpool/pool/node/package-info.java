/**
 * Which of the pool's nodes this process is: a number leased in the database, which is the server's part of the
 * extranonces that it hands out.
 */
@NullMarked
package org.ehashpool.pool.node;

import org.jspecify.annotations.NullMarked;
