package org.ehashpool.conservation.site;

import java.io.IOException;

/** What Java sends to no process. */
enum Signal {
    STOP("-STOP"),
    CONTINUE("-CONT");

    private final String option;

    Signal(String option) {
        this.option = option;
    }

    /** Sends it; to nobody where the process has ended. */
    void send(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", option, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
