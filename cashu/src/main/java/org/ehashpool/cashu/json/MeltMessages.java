package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;

/**
 * Melt quotes and melting, of method {@code bolt11}.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/05.md">NUT-05</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/08.md">NUT-08</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/23.md">NUT-23</a>
 */
public final class MeltMessages {
    private MeltMessages() {}

    /** What became of a melt quote. */
    public enum MeltState {
        UNPAID,
        PENDING,
        PAID
    }

    /**
     * {@code POST /v1/melt/quote/bolt11}.
     *
     * @param request the invoice
     * @param partial whether a part of the invoice is to be paid (NUT-15)
     * @param amountless whether the payer names the amount
     */
    public record MeltQuoteRequest(String request, String unit, boolean partial, boolean amountless)
            implements Message {

        public static MeltQuoteRequest read(JsonValue value) {
            Optional<JsonValue> options = value.find("options");
            return new MeltQuoteRequest(
                    value.member("request").text(Values.LONG),
                    value.member("unit").text(Values.SHORT),
                    options.flatMap(chosen -> chosen.find("mpp")).isPresent(),
                    options.flatMap(chosen -> chosen.find("amountless")).isPresent());
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("request", request).put("unit", unit);
            if (partial || amountless) {
                ObjectNode options = node.putObject("options");
                if (partial) {
                    options.putObject("mpp");
                }
                if (amountless) {
                    options.putObject("amountless");
                }
            }
            return node;
        }
    }

    /**
     * A melt quote, whatever was asked: a new one, an old one, or its payment.
     *
     * @param feeReserve what is to be provided for the payment's fee beside the amount
     * @param expiry seconds since the epoch
     * @param preimage the proof of payment, hex
     * @param change signatures on blank outputs for what was provided and not used; present when there were any
     */
    public record MeltAnswer(
            String quote,
            String request,
            String unit,
            Amount amount,
            Amount feeReserve,
            MeltState state,
            OptionalLong expiry,
            Optional<String> preimage,
            Optional<List<BlindSignature>> change)
            implements Message {
        public MeltAnswer {
            change = change.map(List::copyOf);
        }

        public static MeltAnswer read(JsonValue value) {
            return new MeltAnswer(
                    value.member("quote").text(Values.SHORT),
                    value.member("request").text(Values.LONG),
                    value.member("unit").text(Values.SHORT),
                    value.member("amount").amount(),
                    value.member("fee_reserve").amount(),
                    Names.read(MeltState.class, value.member("state")),
                    Values.optionalNatural(value, "expiry"),
                    Values.optionalText(value, "payment_preimage", Values.SHORT),
                    value.find("change").map(Values::signatures));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object()
                    .put("quote", quote)
                    .put("method", "bolt11")
                    .put("request", request)
                    .put("unit", unit);
            node.set("amount", Values.amount(amount));
            node.set("fee_reserve", Values.amount(feeReserve));
            node.put("state", state.name());
            Values.putOrNull(node, "expiry", expiry);
            preimage.ifPresentOrElse(
                    text -> node.put("payment_preimage", text), () -> node.putNull("payment_preimage"));
            change.ifPresent(signatures -> node.set("change", Values.array(signatures, Values::toJson)));
            return node;
        }
    }

    /**
     * {@code POST /v1/melt/bolt11}.
     *
     * @param outputs blank: their amounts are for the mint to say
     */
    public record MeltRequest(String quote, List<Proof> inputs, List<BlindedMessage> outputs) implements Message {
        public MeltRequest {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        public static MeltRequest read(JsonValue value) {
            return new MeltRequest(
                    value.member("quote").text(Values.SHORT),
                    Values.inputs(value.member("inputs")),
                    value.find("outputs").map(Values::outputs).orElse(List.of()));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("quote", quote);
            node.set("inputs", Values.array(inputs, Values::toJsonForMint));
            node.set("outputs", Values.array(outputs, Values::toJson));
            return node;
        }
    }
}
