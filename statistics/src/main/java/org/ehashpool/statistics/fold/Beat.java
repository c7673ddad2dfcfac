package org.ehashpool.statistics.fold;

import org.ehashpool.stats.event.StatsEvent;

/** A sender's last heartbeat. Times are epoch milliseconds. */
public record Beat(int sender, StatsEvent.Heartbeat heartbeat, long at, long receivedAt, long countedAt) {}
