package org.ehashpool.pool.node;

/**
 * What a process has leased.
 *
 * @param node the number: the server's part of its extranonces
 * @param boot the number of the lease, greater than those of all leases before
 */
public record NodeLease(int node, long boot) {}
