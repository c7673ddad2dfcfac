package org.ehashpool.benchmarks.shares;

/**
 * What has added up in the programs at one moment.
 *
 * @param at monotonic nanoseconds
 * @param poolSeconds processor time
 * @param postgresSeconds processor time
 * @param mintSeconds processor time
 * @param logBytes of PostgreSQL's write-ahead log
 * @param recording how long shares waited for their record, in seconds
 * @param commits of the ledger
 * @param quotes made
 * @param backlog shares that are not bound to an order of a quote yet
 */
record Reading(
        long at,
        double poolSeconds,
        double postgresSeconds,
        double mintSeconds,
        double logBytes,
        Histogram recording,
        double commits,
        double quotes,
        double backlog) {}
