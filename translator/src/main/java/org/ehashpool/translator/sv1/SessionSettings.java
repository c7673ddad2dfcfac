package org.ehashpool.translator.sv1;

import java.time.Duration;

/**
 * How a session is held.
 *
 * @param version what client.get_version is answered
 * @param names user names of a connection
 * @param unanswered shares that may wait for their answer
 * @param jobs that shares are taken for
 * @param jobLifetime how long shares are taken for a job that was followed by others
 * @param keepAlive how long a miner is left without a line
 */
public record SessionSettings(
        String version, int names, int unanswered, int jobs, Duration jobLifetime, Duration keepAlive) {}
