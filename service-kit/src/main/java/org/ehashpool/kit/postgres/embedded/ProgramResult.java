package org.ehashpool.kit.postgres.embedded;

/**
 * How a program ended.
 *
 * @param exitStatus 0 for success
 * @param output the end of its standard output and standard error
 */
record ProgramResult(int exitStatus, String output) {

    boolean succeeded() {
        return exitStatus == 0;
    }
}
