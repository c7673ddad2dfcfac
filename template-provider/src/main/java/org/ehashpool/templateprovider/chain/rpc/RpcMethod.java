package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/**
 * A method.
 *
 * @param name as callers write it
 * @param parameters their names, in order; optional ones end with a question mark
 * @param handler runs on the chain's thread
 */
record RpcMethod(String name, List<String> parameters, Handler handler) {

    /** Answers a call. */
    interface Handler {
        JsonNode call(RpcParameters parameters) throws RpcException, IOException;
    }

    RpcMethod {
        parameters = List.copyOf(parameters);
    }

    static RpcMethod of(String name, Handler handler, String... parameters) {
        return new RpcMethod(name, List.of(parameters), handler);
    }

    long required() {
        return parameters.stream().filter(name -> !name.endsWith("?")).count();
    }

    List<String> parameterNames() {
        return parameters.stream().map(name -> name.replace("?", "")).toList();
    }

    /** As help prints it. */
    String usage() {
        StringBuilder usage = new StringBuilder(name);
        parameters.forEach(parameter -> usage.append(' ')
                .append(parameter.endsWith("?") ? "( " + parameter.replace("?", "") + " )" : parameter));
        return usage.toString();
    }
}
