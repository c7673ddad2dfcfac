package org.ehashpool.kit.sv2.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for the answer to RequestExtensions, and when to give up asking.
 *
 * <p>"After sending RequestExtensions, wait for a timeout of 2x the initial connection time. If no response is received:
 * reconnect to the same server, attempt the extension negotiation again. If still no response after 5x the initial
 * connection time: reconnect one final time, proceed without any extensions. If the total connection time exceeds
 * approximately 1 second: consider switching to a fallback pool." A server that hangs up instead of answering counts as
 * one that does not respond.
 */
public final class ExtensionAttempts {

    /** From which total connection time on a fallback pool is worth considering. */
    public static final Duration SLOW = Duration.ofSeconds(1);

    private final Duration floor;
    private final int attempt;

    private ExtensionAttempts(Duration floor, int attempt) {
        this.floor = floor;
        this.attempt = attempt;
    }

    /**
     * The first attempt.
     *
     * @param floor the shortest wait: twice the connection time of a loopback connection is no time at all
     */
    public static ExtensionAttempts first(Duration floor) {
        return new ExtensionAttempts(floor, 0);
    }

    /** The last attempt: no extensions are requested. */
    public static ExtensionAttempts without() {
        return new ExtensionAttempts(Duration.ZERO, 2);
    }

    /**
     * How long to wait for the answer.
     *
     * @param connectionTime from dialling to SetupConnection.Success
     * @return empty: do not ask
     */
    public Optional<Duration> patience(Duration connectionTime) {
        return switch (attempt) {
            case 0 -> Optional.of(longer(connectionTime.multipliedBy(2)));
            case 1 -> Optional.of(longer(connectionTime.multipliedBy(5)));
            default -> Optional.empty();
        };
    }

    /** What to do on the next connection, the present attempt having met silence. */
    public ExtensionAttempts next() {
        return new ExtensionAttempts(floor, attempt + 1);
    }

    private Duration longer(Duration wait) {
        return wait.compareTo(floor) < 0 ? floor : wait;
    }
}
