package org.ehashpool.fuzz;

import java.util.Arrays;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Responder;
import org.jspecify.annotations.Nullable;

/** Both roles of the handshake against a peer that sends what it likes. */
final class HandshakeProperties {
    private HandshakeProperties() {}

    /**
     * An initiator finishes only with the server it wants.
     *
     * <p>Input: a byte; 0 modulo 3: act 2 as it is; 1: changes of a true act 2; 2: the time and the certificate that a
     * server with the right static key presents, which is what the encryption hides from the other two.
     */
    static void initiator(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        try (AwaitingAct2 awaiting = Parties.INITIATOR.start()) {
            switch (in.u8() % 3) {
                case 0 -> {
                    byte[] act2 = in.rest();
                    Reason reason = refusal(awaiting, act2, Parties.NOW);
                    // The fuzzer sees what is compared: it may come to send the true answer.
                    boolean genuine = Arrays.equals(act2, answer(awaiting, Parties.CERTIFICATE));
                    Reason expected =
                            act2.length == Responder.ACT2_LENGTH ? Reason.DECRYPTION_FAILED : Reason.MALFORMED_MESSAGE;
                    Property.require(reason == (genuine ? null : expected), () -> "refused for " + reason);
                }
                case 1 -> {
                    byte[] act2 = answer(awaiting, Parties.CERTIFICATE);
                    boolean changed = in.mutate(act2);
                    Reason reason = refusal(awaiting, act2, Parties.NOW);
                    Property.require(
                            reason == (changed ? Reason.DECRYPTION_FAILED : null), () -> "refused for " + reason);
                }
                default -> {
                    long now = in.u32();
                    Certificate certificate = Certificate.parse(in.take(Certificate.LENGTH));
                    boolean genuine = certificate.equals(Parties.CERTIFICATE)
                            && now >= Parties.VALIDITY.from() - Parties.SKEW_SECONDS
                            && now <= Parties.VALIDITY.until() + Parties.SKEW_SECONDS;
                    Reason reason = refusal(awaiting, answer(awaiting, certificate), now);
                    Property.require((reason == null) == genuine, () -> certificate + ": refused for " + reason);
                }
            }
        }
    }

    /**
     * A responder answers any 64 bytes, nothing else, and its session fits no initiator but the one whose act 1 it got.
     *
     * <p>Input: a byte; if even, act 1 as it is, otherwise changes of a true one.
     */
    static void responder(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        Responder responder = Parties.responder(Parties.CERTIFICATE);
        if ((in.u8() & 1) == 0) {
            byte[] act1 = in.rest();
            try {
                Responder.Response response = responder.respond(act1, Parties.NOW);
                Property.require(
                        act1.length == Responder.ACT1_LENGTH && response.act2().length == Responder.ACT2_LENGTH,
                        () -> act1.length + " bytes of act 1 were answered");
                response.session().close();
            } catch (NoiseException e) {
                Property.require(
                        act1.length != Responder.ACT1_LENGTH && e.reason() == Reason.MALFORMED_MESSAGE,
                        () -> "refused: " + e.getMessage());
            }
            return;
        }
        try (AwaitingAct2 awaiting = Parties.INITIATOR.start()) {
            byte[] act1 = awaiting.act1();
            boolean changed = in.mutate(act1);
            byte[] act2 = respond(responder, act1);
            Reason reason = refusal(awaiting, act2, Parties.NOW);
            Property.require(reason == (changed ? Reason.DECRYPTION_FAILED : null), () -> "refused for " + reason);
        }
    }

    private static byte[] answer(AwaitingAct2 awaiting, Certificate certificate) {
        return respond(Parties.responder(certificate), awaiting.act1());
    }

    private static byte[] respond(Responder responder, byte[] act1) {
        try {
            Responder.Response response = responder.respond(act1, Parties.NOW);
            response.session().close();
            return response.act2();
        } catch (NoiseException e) {
            throw new AssertionError("64 bytes of act 1 refused: " + e.getMessage(), e);
        }
    }

    /** Why the initiator refuses this answer, or null. */
    private static @Nullable Reason refusal(AwaitingAct2 awaiting, byte[] act2, long now) {
        byte[] sent = act2.clone();
        try (Established session = awaiting.finish(act2, now)) {
            Property.require(
                    session.server().orElseThrow().verified() && Arrays.equals(sent, act2),
                    () -> "finished with a server that was not verified");
            return null;
        } catch (NoiseException e) {
            Property.require(e.getStackTrace().length == 0, () -> "a violation with a stack trace");
            return e.reason();
        }
    }
}
