package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.ehashpool.cashu.error.ErrorCode;

/**
 * NUT-00: "In case of an error, mints respond with the HTTP status code 400 and include the following data".
 *
 * @param detail for people
 * @param code of {@link ErrorCode}, or another mint's own
 */
public record ErrorAnswer(String detail, long code) implements Message {

    public static ErrorAnswer of(ErrorCode code, String detail) {
        return new ErrorAnswer(detail, code.number());
    }

    public static ErrorAnswer read(JsonValue value) {
        return new ErrorAnswer(
                value.member("detail").text(Values.LONG), value.member("code").natural());
    }

    @Override
    public JsonNode toJson() {
        return Values.object().put("detail", detail).put("code", code);
    }
}
