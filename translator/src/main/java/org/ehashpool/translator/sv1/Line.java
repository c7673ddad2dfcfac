package org.ehashpool.translator.sv1;

import java.nio.charset.StandardCharsets;

/** A line for a miner. Safe to share between threads. */
public sealed interface Line permits Line.Encoded, NotifyLine {
    /** It in UTF-8 with its end, not to be changed. May take a while the first time. */
    byte[] bytes();

    /** A line that is ready. */
    final class Encoded implements Line {
        private final byte[] bytes;

        Encoded(String json) {
            bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }
    }
}
