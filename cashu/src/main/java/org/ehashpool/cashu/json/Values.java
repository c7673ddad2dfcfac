package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;

/**
 * NUT-00's models, and what all messages share. The length of lists is bounded here by what no mint takes; a mint's own
 * limits are its own.
 */
public final class Values {
    /** The most elements of any list. */
    public static final int ELEMENTS = 1000;

    /** The longest secret, in characters. */
    public static final int SECRET = 1024;

    /** The longest witness, in characters: thirty signatures. */
    public static final int WITNESS = 4096;

    /** The longest name, id or signature, in characters. */
    static final int SHORT = 256;

    /** The longest text for people, or request for a payment. */
    static final int LONG = 8192;

    private Values() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode amount(Amount amount) {
        return JsonNodeFactory.instance.numberNode(amount.toBigInteger());
    }

    static <T> ArrayNode array(Collection<T> values, Function<T, JsonNode> each) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    static ArrayNode texts(Collection<String> values) {
        return array(values, JsonNodeFactory.instance::textNode);
    }

    /** A member that is left out when there is nothing. */
    static void put(ObjectNode node, String name, Optional<String> value) {
        value.ifPresent(text -> node.put(name, text));
    }

    /** A member that is {@code null} when there is nothing, as older readers need it. */
    static void putOrNull(ObjectNode node, String name, OptionalLong value) {
        if (value.isPresent()) {
            node.put(name, value.getAsLong());
        } else {
            node.putNull(name);
        }
    }

    static Optional<String> optionalText(JsonValue value, String name, int limit) {
        return value.find(name).map(text -> text.text(limit));
    }

    static OptionalLong optionalNatural(JsonValue value, String name) {
        return value.find(name).map(number -> OptionalLong.of(number.natural())).orElse(OptionalLong.empty());
    }

    /** {@code BlindedMessage}: amount, id, B_. */
    public static BlindedMessage blindedMessage(JsonValue value) {
        return new BlindedMessage(
                value.member("amount").amount(),
                value.member("id").keysetId(),
                value.member("B_").point(ErrorCode.REQUEST_INVALID));
    }

    public static ObjectNode toJson(BlindedMessage output) {
        ObjectNode node = object();
        node.set("amount", amount(output.amount()));
        return node.put("id", output.keysetId().toString())
                .put("B_", output.point().toString());
    }

    static List<BlindedMessage> outputs(JsonValue value) {
        return value.elements(ELEMENTS, ErrorCode.MAX_OUTPUTS_EXCEEDED, Values::blindedMessage);
    }

    /** {@code BlindSignature}: amount, id, C_ and NUT-12's dleq, without which our wallet takes none. */
    public static BlindSignature blindSignature(JsonValue value) {
        JsonValue dleq = value.member("dleq");
        return new BlindSignature(
                value.member("amount").amount(),
                value.member("id").keysetId(),
                value.member("C_").point(ErrorCode.REQUEST_INVALID),
                new Dleq(dleq.member("e").bytes(Dleq.LENGTH), dleq.member("s").bytes(Dleq.LENGTH)));
    }

    public static ObjectNode toJson(BlindSignature signature) {
        ObjectNode node = object();
        node.set("amount", amount(signature.amount()));
        node.put("id", signature.keysetId().toString())
                .put("C_", signature.point().toString());
        node.set("dleq", toJson(signature.dleq()));
        return node;
    }

    private static ObjectNode toJson(Dleq dleq) {
        HexFormat hex = HexFormat.of();
        return object().put("e", hex.formatHex(dleq.e())).put("s", hex.formatHex(dleq.s()));
    }

    static List<BlindSignature> signatures(JsonValue value) {
        return value.elements(ELEMENTS, Values::blindSignature);
    }

    /**
     * {@code Proof}: amount, id, secret, C, and if they are there witness and dleq. A dleq that is not in the format is
     * the same as none: it is for the receiver alone.
     */
    public static Proof proof(JsonValue value) {
        return new Proof(
                value.member("amount").amount(),
                value.member("id").keysetId(),
                value.member("secret").secret(SECRET),
                value.member("C").point(ErrorCode.PROOF_INVALID),
                value.find("witness").map(witness -> witness.embedded(WITNESS)),
                value.find("dleq").flatMap(Values::proofDleq));
    }

    private static Optional<ProofDleq> proofDleq(JsonValue value) {
        try {
            return Optional.of(new ProofDleq(
                    new Dleq(
                            value.member("e").bytes(Dleq.LENGTH),
                            value.member("s").bytes(Dleq.LENGTH)),
                    SecretKey.of(value.member("r").bytes(SecretKey.LENGTH))));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A proof with everything that belongs to it: for whoever it is given to. */
    public static ObjectNode toJson(Proof proof) {
        ObjectNode node = toJsonForMint(proof);
        proof.dleq().ifPresent(dleq -> {
            ObjectNode numbers = toJson(dleq.dleq());
            String r = dleq.blindingFactor().apply(bytes -> HexFormat.of().formatHex(bytes));
            numbers.put("r", r);
            node.set("dleq", numbers);
        });
        return node;
    }

    /** A proof without its blinding factor: a mint that learns it knows when the proof was minted. */
    public static ObjectNode toJsonForMint(Proof proof) {
        ObjectNode node = object();
        node.set("amount", amount(proof.amount()));
        node.put("id", proof.keysetId().toString())
                .put("secret", proof.secret())
                .put("C", proof.point().toString());
        put(node, "witness", proof.witness());
        return node;
    }

    static List<Proof> inputs(JsonValue value) {
        return value.elements(ELEMENTS, ErrorCode.MAX_INPUTS_EXCEEDED, Values::proof);
    }
}
