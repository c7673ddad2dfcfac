package org.ehashpool.cashu.condition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Values;

/**
 * NUT-10's well-known secret: {@code [kind, {nonce, data, tags}]}.
 *
 * @param nonce unique and random
 * @param data what the kind needs: a key in hex for {@link LockKind#P2PK}, a hash in hex for {@link LockKind#HTLC}
 * @param tags each a name and its values
 */
public record LockedSecret(LockKind kind, String nonce, String data, List<List<String>> tags) {
    /** The longest secret, in characters. */
    public static final int LIMIT = Values.SECRET;

    /** What claims to be a lock: from there on it is one, or unspendable, never anyone's. */
    private static final Pattern CLAIM = Pattern.compile("\\s*\\[\\s*\"(?:P2PK|HTLC)\"");

    public LockedSecret {
        tags = tags.stream().map(List::copyOf).toList();
    }

    /** What a proof's secret says about its spending. */
    sealed interface Reading {
        /** Nothing: whoever knows the secret and has its signature may spend it; other kinds too, as NUT-10 warns. */
        enum Plain implements Reading {
            PLAIN
        }

        /** It is locked. */
        record Locked(LockedSecret secret) implements Reading {}

        /** It says that it is locked, but not in the format. */
        record Malformed(String problem) implements Reading {}
    }

    /** Reads a proof's secret. */
    static Reading read(String secret) {
        boolean claimed = CLAIM.matcher(secret).lookingAt();
        try {
            if (!claimed && !secret.stripLeading().startsWith("[")) {
                return Reading.Plain.PLAIN;
            }
            List<JsonValue> parts = JsonText.read(secret, LIMIT).elements(LIMIT);
            Optional<LockKind> kind = parts.isEmpty() || !parts.getFirst().isText()
                    ? Optional.empty()
                    : LockKind.of(parts.getFirst().text(LIMIT));
            if (kind.isEmpty()) {
                return Reading.Plain.PLAIN;
            }
            return parts.size() == 2
                    ? new Reading.Locked(read(kind.get(), parts.get(1)))
                    : new Reading.Malformed("a secret has two parts");
        } catch (MalformedJsonException e) {
            return claimed ? new Reading.Malformed(e.problem()) : Reading.Plain.PLAIN;
        } catch (BrokenLockException e) {
            return new Reading.Malformed(e.problem());
        }
    }

    private static LockedSecret read(LockKind kind, JsonValue body) {
        try {
            List<List<String>> tags = body.find("tags")
                    .map(all -> all.elements(LIMIT, LockedSecret::tag))
                    .orElse(List.of());
            return new LockedSecret(
                    kind, body.member("nonce").text(LIMIT), body.member("data").text(LIMIT), tags);
        } catch (MalformedJsonException e) {
            throw new BrokenLockException(e.problem());
        }
    }

    /** NUT-10: "Each individual tag is an array of ONE or more strings", and they are non-empty. */
    private static List<String> tag(JsonValue tag) {
        List<String> strings = tag.elements(LIMIT, each -> each.text(LIMIT));
        if (strings.isEmpty() || strings.stream().anyMatch(String::isEmpty)) {
            throw new BrokenLockException("a tag is one or more non-empty strings");
        }
        return strings;
    }

    /**
     * The secret as proofs carry it; it is signed in just these characters.
     *
     * @throws IllegalStateException if it is longer than {@link #LIMIT}
     */
    public String encode() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode().add(kind.name());
        ObjectNode body = array.addObject().put("nonce", nonce).put("data", data);
        ArrayNode all = body.putArray("tags");
        for (List<String> tag : tags) {
            ArrayNode one = all.addArray();
            tag.forEach(one::add);
        }
        String encoded = JsonText.write(array);
        if (encoded.length() > LIMIT) {
            throw new IllegalStateException("a secret has at most " + LIMIT + " characters");
        }
        return encoded;
    }

    /** Without the nonce: it is what keeps the secret secret. */
    @Override
    public String toString() {
        return "LockedSecret[" + kind + ", " + data + ", " + tags + "]";
    }
}
