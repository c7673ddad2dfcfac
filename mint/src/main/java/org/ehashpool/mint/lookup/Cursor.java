package org.ehashpool.mint.lookup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.QuoteTable;

/**
 * A page's end as a text that means something for the same method and keys only. It is no secret and needs no
 * signature: a made-up one asks for another part of what its maker may read anyway.
 */
final class Cursor {

    private static final int BINDING = 16;
    private static final int LENGTH = BINDING + 3 * Long.BYTES;

    private Cursor() {}

    static String write(QuoteTable.Position position, Digest query) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(query.toBytes(), 0, BINDING)
                .putLong(position.creation())
                .putLong(position.id().getMostSignificantBits())
                .putLong(position.id().getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty when it is none, or one of another query. */
    static Optional<QuoteTable.Position> read(String text, Digest query) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH || !Arrays.equals(bytes, 0, BINDING, query.toBytes(), 0, BINDING)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes, BINDING, LENGTH - BINDING);
        return Optional.of(new QuoteTable.Position(fields.getLong(), new UUID(fields.getLong(), fields.getLong())));
    }
}
