package org.ehashpool.translator.sv1;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/**
 * What a miner named its request: any JSON scalar, sent back as it came.
 *
 * @param json as it is written into the answer
 */
public record RequestId(String json) {
    /** JSON's null, also for a request without an id. */
    public static final RequestId NULL = new RequestId("null");

    private static final int MAX_TEXT = 128;

    /** Empty if it is no scalar, or too long to be kept. */
    static Optional<RequestId> of(Json id) {
        return switch (id) {
            case Json.Numeral(String digits) -> Optional.of(new RequestId(digits));
            case Json.Bool(boolean value) -> Optional.of(new RequestId(Boolean.toString(value)));
            case Json.Nothing _ -> Optional.of(NULL);
            case Json.Text(String text) ->
                text.length() > MAX_TEXT ? Optional.empty() : Optional.of(new RequestId(quoted(text)));
            case Json.Array _, Json.Fields _ -> Optional.empty();
        };
    }

    /** A JSON string. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
