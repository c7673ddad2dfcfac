package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A call and what becomes of its answer.
 *
 * @param method the method's name
 * @param parameters texts, numbers, booleans, lists and maps of them
 * @param timeout until the whole answer is there
 * @param maximumAnswer bytes of the answer's body
 * @param decoder reads the result, on a worker thread; a {@link RuntimeException} means that it is malformed
 */
public record RpcCall<T>(
        String method, List<Object> parameters, Duration timeout, int maximumAnswer, Function<JsonNode, T> decoder) {
    private static final int SMALL_ANSWER = 1 << 20;

    public RpcCall {
        parameters = List.copyOf(parameters);
    }

    /** A call with a small answer. */
    public static <T> RpcCall<T> of(
            String method, List<Object> parameters, Duration timeout, Function<JsonNode, T> decoder) {
        return new RpcCall<>(method, parameters, timeout, SMALL_ANSWER, decoder);
    }
}
