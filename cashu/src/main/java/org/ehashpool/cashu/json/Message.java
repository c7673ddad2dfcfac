package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;

/** A request or an answer, or a part of one. Its record has a static {@code read(JsonValue)}. */
public interface Message {
    JsonNode toJson();

    /** The shortest text of it. */
    default String encode() {
        return JsonText.write(toJson());
    }
}
