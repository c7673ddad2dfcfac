package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * JSON-RPC over WebSockets.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/17.md">NUT-17</a>
 */
public final class SubscriptionMessages {
    private static final String VERSION = "2.0";

    private SubscriptionMessages() {}

    /** What a wallet sends. */
    public sealed interface Command extends Message {
        /** Which the answer repeats. */
        long id();

        String subscription();

        static Command read(JsonValue value) {
            long id = value.member("id").natural();
            JsonValue parameters = value.member("params");
            String subscription = parameters.member("subId").text(Values.SHORT);
            JsonValue method = value.member("method");
            return switch (method.text(Values.SHORT)) {
                case "subscribe" ->
                    new Subscribe(
                            id,
                            subscription,
                            parameters.member("kind").text(Values.SHORT),
                            parameters
                                    .member("filters")
                                    .elements(Values.ELEMENTS, filter -> filter.text(Values.SHORT)));
                case "unsubscribe" -> new Unsubscribe(id, subscription);
                default -> throw method.problem("subscribe or unsubscribe is expected");
            };
        }
    }

    /**
     * Asks for the present state of things and for all that follow.
     *
     * @param kind {@code proof_state}, or a method's {@code …_mint_quote}
     * @param filters ids of quotes, or Ys
     */
    public record Subscribe(long id, String subscription, String kind, List<String> filters) implements Command {
        public Subscribe {
            filters = List.copyOf(filters);
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = command("subscribe", id);
            ObjectNode parameters = node.putObject("params").put("kind", kind).put("subId", subscription);
            parameters.set("filters", Values.texts(filters));
            return node;
        }
    }

    /** Ends a subscription. */
    public record Unsubscribe(long id, String subscription) implements Command {
        @Override
        public JsonNode toJson() {
            ObjectNode node = command("unsubscribe", id);
            node.putObject("params").put("subId", subscription);
            return node;
        }
    }

    private static ObjectNode command(String method, long id) {
        return Values.object().put("jsonrpc", VERSION).put("method", method).put("id", id);
    }

    /** A command was understood. */
    public record Acknowledgement(long id, String subscription) implements Message {
        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("jsonrpc", VERSION);
            node.putObject("result").put("status", "OK").put("subId", subscription);
            return node.put("id", id);
        }
    }

    /** A command was not, for JSON-RPC's reason. */
    public record Refusal(long id, int code, String message) implements Message {
        /** The parameters are not what the method takes. */
        public static final int INVALID_PARAMETERS = -32602;

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("jsonrpc", VERSION);
            node.putObject("error").put("code", code).put("message", message);
            return node.put("id", id);
        }
    }

    /** The state of something that was subscribed to. */
    public record Notification(String subscription, JsonNode payload) implements Message {
        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("jsonrpc", VERSION).put("method", "subscribe");
            node.putObject("params").put("subId", subscription).set("payload", payload);
            return node;
        }
    }
}
