package org.ehashpool.kit.service;

/**
 * Who a process is.
 *
 * @param service in kebab-case: {@code pool-stats}
 * @param instance tells processes of one service apart
 * @param bootId 32 hexadecimal digits, new at every start
 * @param version of the software
 */
public record ServiceIdentity(String service, String instance, String bootId, String version) {}
