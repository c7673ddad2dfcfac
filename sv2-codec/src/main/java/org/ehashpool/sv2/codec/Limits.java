package org.ehashpool.sv2.codec;

import org.ehashpool.sv2.message.Protocol;

/**
 * The most bytes of payload that are taken, known from the header, before anything is buffered. A message is also held
 * to the longest that its own fields allow, plus {@link #tail}, so that the cap of a sub-protocol bounds only its
 * largest messages.
 *
 * @param setup before the connection is set up
 * @param mining on a mining connection
 * @param jobDeclaration on a job declaration connection
 * @param templateDistribution on a template distribution connection
 * @param mintQuote on a mint-quote connection
 * @param unknownExtension for a message of an extension that is unknown or not negotiated
 * @param tail TLVs after a message's own fields
 */
public record Limits(
        int setup,
        int mining,
        int jobDeclaration,
        int templateDistribution,
        int mintQuote,
        int unknownExtension,
        int tail) {
    /**
     * SetupConnection has at most 1,291 bytes, the largest mining message 262,146, the largest of mint and pool 65,635;
     * transactions fill whatever a frame holds.
     */
    public static final Limits DEFAULT = new Limits(
            4 << 10, 1 << 20, FrameHeader.MAXIMUM_PAYLOAD, FrameHeader.MAXIMUM_PAYLOAD, 128 << 10, 64 << 10, 4 << 10);

    /** @throws IllegalArgumentException if a limit is not within 0 and 2^24 − 1 */
    public Limits {
        check("setup", setup);
        check("mining", mining);
        check("jobDeclaration", jobDeclaration);
        check("templateDistribution", templateDistribution);
        check("mintQuote", mintQuote);
        check("unknownExtension", unknownExtension);
        check("tail", tail);
    }

    private static void check(String name, int limit) {
        if (limit < 0 || limit > FrameHeader.MAXIMUM_PAYLOAD) {
            throw new IllegalArgumentException(name + ": 0 to 16777215 expected, not " + limit);
        }
    }

    /** The cap of an established connection. */
    int of(Protocol protocol) {
        return switch (protocol) {
            case MINING -> mining;
            case JOB_DECLARATION -> jobDeclaration;
            case TEMPLATE_DISTRIBUTION -> templateDistribution;
            case MINT_QUOTE -> mintQuote;
        };
    }
}
