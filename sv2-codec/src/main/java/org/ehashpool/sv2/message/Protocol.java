package org.ehashpool.sv2.message;

import java.util.Optional;
import org.ehashpool.sv2.type.U8;

/** The sub-protocol of a connection, chosen by {@code SetupConnection.protocol} (section 3.6.1). */
public enum Protocol {
    /** Mining protocol, chapter 5. */
    MINING(0, "Mining"),
    /** Job declaration protocol, chapter 6. */
    JOB_DECLARATION(1, "Job Declaration"),
    /** Template distribution protocol, chapter 7. */
    TEMPLATE_DISTRIBUTION(2, "Template Distribution"),
    /** Pool and mint: {@link MintQuote}. */
    MINT_QUOTE(3, "Mint Quote");

    private static final Protocol[] VALUES = values();

    private final int number;
    private final String title;

    Protocol(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** The value of {@code SetupConnection.protocol}. */
    public @U8 int number() {
        return number;
    }

    /** The name as the specification writes it. */
    public String title() {
        return title;
    }

    /** The sub-protocol of that number, if there is one. */
    public static Optional<Protocol> of(int number) {
        return number >= 0 && number < VALUES.length ? Optional.of(VALUES[number]) : Optional.empty();
    }
}
