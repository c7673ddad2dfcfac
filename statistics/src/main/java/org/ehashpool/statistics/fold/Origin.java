package org.ehashpool.statistics.fold;

/**
 * Whose number an event has.
 *
 * @param boot its row
 * @param sender its row
 * @param whole whether its shares are the ones that the whole consists of
 */
public record Origin(int boot, int sender, boolean whole) {}
