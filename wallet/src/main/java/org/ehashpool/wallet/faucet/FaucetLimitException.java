package org.ehashpool.wallet.faucet;

import java.time.Duration;

/** Whoever asks has had enough, or everybody has: asked for again later, it may be given. Nothing has happened. */
public final class FaucetLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    FaucetLimitException(String problem, Duration wait) {
        super(problem, null, false, false);
        this.wait = wait;
    }

    /** After which it is worth asking again; above zero. */
    public Duration retryAfter() {
        return wait;
    }

    /** In words. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
