package org.ehashpool.statistics.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody who is signed in. */
public final class Session {
    private final String id;
    private final String formToken;
    private final long openedAt;
    private long usedAt;
    private @Nullable String message;

    Session(String id, String formToken, long now) {
        this.id = id;
        this.formToken = formToken;
        this.openedAt = now;
        this.usedAt = now;
    }

    /** What the cookie holds: whoever has it is signed in. */
    public String id() {
        return id;
    }

    /** What every form of the session holds. */
    public String formToken() {
        return formToken;
    }

    /** Whether a form is one of the session's, in a time that does not depend on where the two differ. */
    public boolean made(String candidate) {
        return MessageDigest.isEqual(
                formToken.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps a message for the page that is shown next. Never a token. */
    public synchronized void say(String words) {
        message = words;
    }

    /** The message, once. */
    public synchronized Optional<String> heard() {
        Optional<String> heard = Optional.ofNullable(message);
        message = null;
        return heard;
    }

    long openedAt() {
        return openedAt;
    }

    long usedAt() {
        return usedAt;
    }

    void used(long now) {
        usedAt = now;
    }

    /** Tells nothing that would sign somebody in. */
    @Override
    public String toString() {
        return "session";
    }
}
