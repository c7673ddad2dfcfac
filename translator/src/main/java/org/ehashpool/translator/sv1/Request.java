package org.ehashpool.translator.sv1;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a miner says, in types. Texts are as they came, of bounded length; nothing is judged but the form. */
public sealed interface Request {
    /** How the miner refers to it; {@link RequestId#NULL} where it does not. */
    RequestId id();

    /**
     * {@code mining.subscribe}.
     *
     * @param agent what the miner says it is
     * @param session of a connection before, which is not resumed
     */
    record Subscribe(RequestId id, Optional<String> agent, Optional<String> session) implements Request {}

    /** {@code mining.authorize}; passwords mean nothing here. */
    record Authorize(RequestId id, String username) implements Request {}

    /**
     * {@code mining.configure}, BIP 310.
     *
     * @param extensions what is asked for, known or not
     * @param versionMask {@code version-rolling.mask} in hexadecimal
     * @param minimumBits {@code version-rolling.min-bit-count}
     * @param minimumDifficulty {@code minimum-difficulty.value}
     * @param device what extension {@code info} tells
     */
    record Configure(
            RequestId id,
            List<String> extensions,
            Optional<String> versionMask,
            int minimumBits,
            OptionalDouble minimumDifficulty,
            Optional<String> device)
            implements Request {
        public Configure {
            extensions = List.copyOf(extensions);
        }
    }

    /**
     * {@code mining.submit}, with five parameters or six. Numbers are in hexadecimal.
     *
     * @param username an authorised one
     * @param jobId of mining.notify
     * @param versionBits BIP 310's sixth parameter
     */
    record Submit(
            RequestId id,
            String username,
            String jobId,
            String extranonce2,
            String time,
            String nonce,
            Optional<String> versionBits)
            implements Request {}

    /** {@code mining.extranonce.subscribe}. */
    record ExtranonceSubscribe(RequestId id) implements Request {}

    /** {@code mining.suggest_difficulty}. */
    record SuggestDifficulty(RequestId id, double difficulty) implements Request {}

    /** {@code mining.suggest_target}: 64 hexadecimal digits, the most significant first. */
    record SuggestTarget(RequestId id, String target) implements Request {}

    /** {@code mining.multi_version}, the forerunner of BIP 310. */
    record MultiVersion(RequestId id) implements Request {}

    /** {@code client.get_version} or {@code mining.get_version}: what are you? */
    record GetVersion(RequestId id) implements Request {}

    /** {@code mining.ping} or {@code client.ping}. */
    record Ping(RequestId id) implements Request {}

    /** {@code mining.pong}, {@code client.pong} or {@code pong}: no answer is due. */
    record Pong(RequestId id) implements Request {}

    /** A method that nothing is known of. */
    record Unknown(RequestId id, String method) implements Request {}

    /**
     * A request whose parameters are not what its method needs, or that names no method.
     *
     * @param words for the miner
     */
    record Malformed(RequestId id, String words) implements Request {}

    /**
     * The answer to a request of ours.
     *
     * @param result if it is a text
     */
    record Reply(RequestId id, Optional<String> result) implements Request {}
}
