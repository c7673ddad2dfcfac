/**
 * The statistics protocol: what services tell of themselves, over TCP, as JSON in length-prefixed frames.
 *
 * <p>A sender opens with {@code hello}; the receiver answers {@code welcome} with the last sequence number it has of that
 * boot, or {@code refused}; then events flow one way and acknowledgements the other. What a sender had to drop it declares
 * as {@code gap}. Every figure of money is a decimal string, every time is epoch milliseconds. {@code docs/stats.md} has
 * the whole of it.
 */
@NullMarked
package org.ehashpool.stats;

import org.jspecify.annotations.NullMarked;
