package org.ehashpool.cli.audit;

/**
 * Something that does not agree.
 *
 * @param kind what it is, in one word
 * @param subject the share, unit or table
 * @param detail what one says, and what the other
 */
record Difference(String kind, String subject, String detail) {}
