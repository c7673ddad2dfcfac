package org.ehashpool.miner.load;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.ehashpool.miner.sv1.Sv1Session;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.U32;

/** {@code mining.submit} as a line; the number of a share's request follows from its place among the shares. */
final class Sv1ShareLine {
    private static final HexFormat HEX = HexFormat.of();

    private final String user;

    Sv1ShareLine(String user) {
        this.user = quoted(user);
    }

    /**
     * Encodes a share.
     *
     * @param name the server's name for the job
     * @param versionMask bits of the version that may be rolled
     */
    Buffer encode(Submission share, Job job, String name, @U32 long versionMask) {
        StringBuilder line = new StringBuilder(160)
                .append("{\"id\":")
                .append(Sv1Session.FIRST_SHARE + share.sequenceNumber())
                .append(",\"method\":\"mining.submit\",\"params\":[")
                .append(user)
                .append(',')
                .append(quoted(name))
                .append(",\"")
                .append(share.extranonce().toHex())
                .append("\",\"")
                .append(hex(share.time()))
                .append("\",\"")
                .append(hex(share.nonce()));
        if (job.versionRollingAllowed()) {
            line.append("\",\"").append(hex(share.version() & versionMask));
        }
        return Buffer.buffer(line.append("\"]}\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String hex(@U32 long number) {
        return HEX.toHexDigits(number, 8);
    }
}
