package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;

/**
 * Swap and restore.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/03.md">NUT-03</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09</a>
 */
public final class SwapMessages {
    private SwapMessages() {}

    /** {@code POST /v1/swap}. */
    public record SwapRequest(List<Proof> inputs, List<BlindedMessage> outputs) implements Message {
        public SwapRequest {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        public static SwapRequest read(JsonValue value) {
            return new SwapRequest(Values.inputs(value.member("inputs")), Values.outputs(value.member("outputs")));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("inputs", Values.array(inputs, Values::toJsonForMint));
            node.set("outputs", Values.array(outputs, Values::toJson));
            return node;
        }
    }

    /** The answer to a swap, to a mint and to a batch of them. */
    public record SignaturesAnswer(List<BlindSignature> signatures) implements Message {
        public SignaturesAnswer {
            signatures = List.copyOf(signatures);
        }

        public static SignaturesAnswer read(JsonValue value) {
            return new SignaturesAnswer(Values.signatures(value.member("signatures")));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("signatures", Values.array(signatures, Values::toJson));
            return node;
        }
    }

    /** {@code POST /v1/restore}. */
    public record RestoreRequest(List<BlindedMessage> outputs) implements Message {
        public RestoreRequest {
            outputs = List.copyOf(outputs);
        }

        public static RestoreRequest read(JsonValue value) {
            return new RestoreRequest(Values.outputs(value.member("outputs")));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("outputs", Values.array(outputs, Values::toJson));
            return node;
        }
    }

    /** Its answer: as many signatures as outputs, those that the mint has signed before. */
    public record RestoreAnswer(List<BlindedMessage> outputs, List<BlindSignature> signatures) implements Message {
        public RestoreAnswer {
            outputs = List.copyOf(outputs);
            signatures = List.copyOf(signatures);
        }

        public static RestoreAnswer read(JsonValue value) {
            JsonValue signatures = value.member("signatures");
            RestoreAnswer answer =
                    new RestoreAnswer(Values.outputs(value.member("outputs")), Values.signatures(signatures));
            if (answer.outputs.size() != answer.signatures.size()) {
                throw signatures.problem("as many signatures as outputs are expected");
            }
            return answer;
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("outputs", Values.array(outputs, Values::toJson));
            node.set("signatures", Values.array(signatures, Values::toJson));
            return node;
        }
    }
}
