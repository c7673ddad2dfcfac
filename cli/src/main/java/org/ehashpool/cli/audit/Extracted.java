package org.ehashpool.cli.audit;

/** A line of an extract, which has them in the order of their share hashes. */
interface Extracted {
    ShareHash shareHash();
}
