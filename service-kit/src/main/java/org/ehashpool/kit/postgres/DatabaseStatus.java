package org.ehashpool.kit.postgres;

/**
 * Whether a database can be used at this moment.
 *
 * @param ready whether a session answered in time and its settings are still durable
 * @param detail one line for people: the server's version, or what is wrong
 */
public record DatabaseStatus(boolean ready, String detail) {}
