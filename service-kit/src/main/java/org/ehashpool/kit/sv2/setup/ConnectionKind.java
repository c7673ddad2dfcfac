package org.ehashpool.kit.sv2.setup;

import java.util.Locale;

/**
 * What a downstream says it is. Self-declared: shown and counted, never used for authorisation.
 *
 * <p>The first rule that applies names it: protocol 3, a mint; protocol 1 or {@code REQUIRES_WORK_SELECTION}, a job
 * declarator client; protocol 2, a client of templates; {@code REQUIRES_STANDARD_JOBS}, a miner; our translator by its
 * hardware_version; any other, "mining".
 */
public enum ConnectionKind {
    MINT,
    JD_CLIENT,
    TEMPLATE_CLIENT,
    MINER,
    TRANSLATOR,
    MINING;

    /** The hardware_version our translator sends, followed by a space and its version. */
    public static final String TRANSLATOR_HARDWARE_VERSION = "ehash-translator";

    private static final int MINING_PROTOCOL = 0;
    private static final int JOB_DECLARATION = 1;
    private static final int TEMPLATE_DISTRIBUTION = 2;
    private static final int MINT_QUOTE = 3;

    private static final long REQUIRES_STANDARD_JOBS = 1;
    private static final long REQUIRES_WORK_SELECTION = 1 << 1;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The kind in logs, metrics and events: lower snake case. */
    public String label() {
        return label;
    }

    /**
     * The kind that a SetupConnection declares.
     *
     * @param protocol SetupConnection.protocol
     * @param flags SetupConnection.flags
     * @param hardwareVersion SetupConnection.hardware_version as text
     */
    public static ConnectionKind of(int protocol, long flags, String hardwareVersion) {
        return switch (protocol) {
            case MINT_QUOTE -> MINT;
            case JOB_DECLARATION -> JD_CLIENT;
            case TEMPLATE_DISTRIBUTION -> TEMPLATE_CLIENT;
            case MINING_PROTOCOL -> ofMining(flags, hardwareVersion);
            default -> MINING;
        };
    }

    private static ConnectionKind ofMining(long flags, String hardwareVersion) {
        if ((flags & REQUIRES_WORK_SELECTION) != 0) {
            return JD_CLIENT;
        }
        if ((flags & REQUIRES_STANDARD_JOBS) != 0) {
            return MINER;
        }
        boolean translator = hardwareVersion.equals(TRANSLATOR_HARDWARE_VERSION)
                || hardwareVersion.startsWith(TRANSLATOR_HARDWARE_VERSION + " ");
        return translator ? TRANSLATOR : MINING;
    }
}
