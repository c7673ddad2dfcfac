package org.ehashpool.miner;

import java.util.Optional;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.mining.difficulty.Target;
import picocli.CommandLine.Option;

/** What is asked of an SV2 pool, for both commands. */
final class ChannelOptions {
    private static final int MAX_CHANNELS = 10_000;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who is paid, as the pool knows it (default: ${DEFAULT-VALUE}).")
    private String user = "ehash";

    @Option(
            names = "--worker",
            paramLabel = "NAME",
            description =
                    "Who does the work: told with each share on extended channels (extension 0x0002), at most 32 bytes.")
    private Optional<String> worker = Optional.empty();

    @Option(names = "--standard", description = "Open standard channels.")
    private boolean standard;

    @Option(names = "--extended", description = "Open extended channels.")
    private boolean extended;

    @Option(
            names = "--grouped",
            description = "Let the pool send the jobs of standard channels to their group, as extended ones.")
    private boolean grouped;

    @Option(
            names = "--channels",
            paramLabel = "M",
            description = "Channels on each connection (default: ${DEFAULT-VALUE}).")
    private int channels = 1;

    @Option(
            names = "--extranonce-size",
            paramLabel = "BYTES",
            description = "Extranonce wanted at least on an extended channel (default: ${DEFAULT-VALUE}).")
    private int extranonceSize = 4;

    /**
     * The plan.
     *
     * @param standardByDefault which kind, where none is asked for
     * @throws IllegalArgumentException if the options contradict each other, or are out of range
     */
    ChannelPlan plan(boolean standardByDefault) {
        if (standard && extended) {
            throw new IllegalArgumentException("--standard and --extended exclude each other");
        }
        boolean kind = standard || (standardByDefault && !extended);
        if (grouped && !kind) {
            throw new IllegalArgumentException("--grouped is about standard channels");
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException("--channels " + channels + ", expected 1 to " + MAX_CHANNELS);
        }
        if (extranonceSize < 0 || extranonceSize > 32) {
            throw new IllegalArgumentException("--extranonce-size " + extranonceSize + ", expected 0 to 32");
        }
        return new ChannelPlan(kind, grouped, channels, user(), worker, Target.EASIEST, extranonceSize);
    }

    /** Who is paid. */
    String user() {
        return user;
    }
}
