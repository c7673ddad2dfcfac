package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;

/**
 * States of proofs.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/07.md">NUT-07</a>
 */
public final class StateMessages {
    private StateMessages() {}

    /** What has become of a proof. */
    public enum SpentState {
        UNSPENT,
        PENDING,
        SPENT
    }

    /** {@code POST /v1/checkstate}. */
    public record StatesRequest(List<PublicKey> ys) implements Message {
        public StatesRequest {
            ys = List.copyOf(ys);
        }

        public static StatesRequest read(JsonValue value) {
            return new StatesRequest(value.member("Ys")
                    .elements(Values.ELEMENTS, ErrorCode.MAX_INPUTS_EXCEEDED, y -> y.point(ErrorCode.REQUEST_INVALID)));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("Ys", Values.texts(ys.stream().map(PublicKey::toString).toList()));
            return node;
        }
    }

    /** Its answer, in the order of the request. */
    public record StatesAnswer(List<StateEntry> states) implements Message {
        public StatesAnswer {
            states = List.copyOf(states);
        }

        public static StatesAnswer read(JsonValue value) {
            return new StatesAnswer(value.member("states").elements(Values.ELEMENTS, StateEntry::read));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("states", Values.array(states, StateEntry::toJson));
            return node;
        }
    }

    /**
     * One proof's state; also what NUT-17 notifies of.
     *
     * @param witness what unlocked it, when it was locked
     */
    public record StateEntry(PublicKey y, SpentState state, Optional<String> witness) implements Message {

        public static StateEntry read(JsonValue value) {
            JsonValue state = value.member("state");
            return new StateEntry(
                    value.member("Y").point(ErrorCode.REQUEST_INVALID),
                    Names.read(SpentState.class, state),
                    value.find("witness").map(witness -> witness.embedded(Values.WITNESS)));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("Y", y.toString()).put("state", state.name());
            witness.ifPresentOrElse(text -> node.put("witness", text), () -> node.putNull("witness"));
            return node;
        }
    }
}
