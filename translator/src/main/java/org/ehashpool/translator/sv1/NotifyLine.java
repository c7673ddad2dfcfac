package org.ehashpool.translator.sv1;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/** {@code mining.notify}, encoded where it is written, and once for all miners that get the same. */
public final class NotifyLine implements Line {
    private final int jobId;
    private final Work work;
    private final @U32 long time;
    private final boolean clean;
    private volatile byte @Nullable [] encoded;

    NotifyLine(int jobId, Work work, @U32 long time, boolean clean) {
        this.jobId = jobId;
        this.work = work;
        this.time = time;
        this.clean = clean;
    }

    /** The miner's name for the work is this number in hexadecimal. */
    int jobId() {
        return jobId;
    }

    /** Whether the jobs before end with it. */
    public boolean clean() {
        return clean;
    }

    @Override
    public byte[] bytes() {
        byte[] present = encoded;
        if (present == null) {
            present = encode();
            encoded = present;
        }
        return present;
    }

    private byte[] encode() {
        List<U256> path = work.merklePath();
        int length = 256 + 2 * (work.coinbase1().length() + work.coinbase2().length()) + 67 * path.size();
        StringBuilder line = new StringBuilder(length);
        line.append("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"")
                .append(Integer.toHexString(jobId))
                .append("\",\"")
                .append(swappedWords(work.previousHash()))
                .append("\",\"")
                .append(work.coinbase1().toHex())
                .append("\",\"")
                .append(work.coinbase2().toHex())
                .append("\",[");
        for (int i = 0; i < path.size(); i++) {
            line.append(i == 0 ? "\"" : ",\"")
                    .append(path.get(i).toLittleEndian().toHex())
                    .append('"');
        }
        line.append("],\"")
                .append(hex(work.version()))
                .append("\",\"")
                .append(hex(work.bits()))
                .append("\",\"")
                .append(hex(time))
                .append("\",")
                .append(clean)
                .append("]}\n");
        return line.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** As the header has it, but each of the eight words reversed: an accident of the first pool that stayed. */
    static String swappedWords(U256 hash) {
        byte[] raw = hash.toLittleEndian().toByteArray();
        byte[] swapped = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            swapped[i] = raw[i ^ 3];
        }
        return HexFormat.of().formatHex(swapped);
    }

    /** Eight digits, the most significant first. */
    static String hex(@U32 long number) {
        return HexFormat.of().toHexDigits((int) number);
    }
}
