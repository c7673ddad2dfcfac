package org.ehashpool.translator.sv1;

import org.ehashpool.translator.work.Expectations;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.MinerIdentity;

/** What a session wants done, in order. */
public sealed interface Sv1Effect {
    /** Send a line. */
    record Send(Line line) implements Sv1Effect {}

    /** The miner said who it is: it wants work. Happens once, and last of its list. */
    record Open(MinerIdentity who, Expectations expectations) implements Sv1Effect {}

    /** The miner wants other work than before. */
    record Expect(Expectations expectations) implements Sv1Effect {}

    /** Have a share judged, and tell {@link Sv1Session#answered}. Last of its list. */
    record Submit(MinedShare share, RequestId id) implements Sv1Effect {}

    /**
     * End the connection when what was sent has left.
     *
     * @param why for the operator
     */
    record End(String why) implements Sv1Effect {}
}
