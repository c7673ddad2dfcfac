package org.ehashpool.fuzz;

import java.util.Arrays;
import java.util.Optional;
import org.ehashpool.sv2.message.Protocol;

/** What can be fuzzed, each a decoder with its property. */
enum FuzzTarget {
    EVERYTHING("all", "all of them in one process, for a short run", new EverythingProperty()),
    FRAME_HEADER("frame-header", "the six bytes before every message", new FrameHeaderProperty()),
    SETUP("setup", "messages before a connection is set up", new MessageProperty(null)),
    MINING("mining", "messages of a mining connection", new MessageProperty(Protocol.MINING)),
    JOB_DECLARATION(
            "job-declaration",
            "messages of a job declaration connection",
            new MessageProperty(Protocol.JOB_DECLARATION)),
    TEMPLATE_DISTRIBUTION(
            "template-distribution",
            "messages of a template distribution connection",
            new MessageProperty(Protocol.TEMPLATE_DISTRIBUTION)),
    MINT_QUOTE("mint-quote", "messages of a mint-quote connection", new MessageProperty(Protocol.MINT_QUOTE)),
    TLV_TAIL("tlv-tail", "TLVs after a share", new TlvTailProperty()),
    VALUES("values", "U256, byte sequences and strings", new ValuesProperty()),
    AUTHORITY_KEY("authority-key", "authority keys in base58check", TextProperties::authorityKey),
    URL("url", "SV2 URLs", TextProperties::url),
    CERTIFICATE("certificate", "certificates: parsing and verification", new CertificateProperty()),
    CURVE("curve", "the curve's implementations against each other", new CurveProperty()),
    INITIATOR("initiator", "the handshake's act 2", HandshakeProperties::initiator),
    RESPONDER("responder", "the handshake's act 1", HandshakeProperties::responder),
    FRAME_CIPHER("frame-cipher", "encrypted frames", new FrameCipherProperty()),
    CASHU_TOKEN("cashu-token", "Cashu's tokens, as text and as bytes", CashuProperties::token),
    CASHU_JSON("cashu-json", "requests and answers of a Cashu mint", CashuProperties::json),
    CASHU_CONDITION("cashu-condition", "secrets that lock proofs, and their witnesses", CashuProperties::condition);

    private final String title;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // Its implementations have no state that changes.
    private final Property property;

    FuzzTarget(String title, String description, Property property) {
        this.title = title;
        this.description = description;
        this.property = property;
    }

    /** The name on the command line, and of the corpus. */
    String title() {
        return title;
    }

    /** In a few words. */
    String description() {
        return description;
    }

    /** Checks one input. */
    void check(byte[] input) throws Exception {
        property.check(input);
    }

    /** What is to be said after a run. */
    String summary() {
        return property instanceof EverythingProperty everything ? everything.summary() : "";
    }

    /** The target of that name. */
    static Optional<FuzzTarget> of(String title) {
        return Arrays.stream(values())
                .filter(target -> target.title.equals(title))
                .findFirst();
    }
}
