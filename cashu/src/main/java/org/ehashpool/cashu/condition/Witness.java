package org.ehashpool.cashu.condition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Values;

/**
 * What unlocks a proof: {@code {"preimage": …, "signatures": […]}}.
 *
 * @param preimage of the hash, 32 bytes in hex
 * @param signatures BIP 340's, 64 bytes each in hex
 */
public record Witness(Optional<String> preimage, List<String> signatures) {
    /** The longest witness, in characters. */
    public static final int LIMIT = Values.WITNESS;

    public Witness {
        signatures = List.copyOf(signatures);
    }

    /** Of signatures alone. */
    public static Witness ofSignatures(List<String> signatures) {
        return new Witness(Optional.empty(), signatures);
    }

    /** What a proof carries; empty if it is none. */
    public static Optional<Witness> parse(String text) {
        try {
            JsonValue value = JsonText.read(text, LIMIT);
            return Optional.of(new Witness(
                    value.find("preimage").map(preimage -> preimage.text(LIMIT)),
                    value.find("signatures")
                            .map(all -> all.elements(LIMIT, each -> each.text(LIMIT)))
                            .orElse(List.of())));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** As proofs carry it. */
    public String encode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        preimage.ifPresent(text -> node.put("preimage", text));
        signatures.forEach(node.withArray("signatures")::add);
        return JsonText.write(node);
    }

    /** The signatures that can be some, each once. */
    List<byte[]> plausible() {
        return signatures.stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .distinct()
                .flatMap(text -> bytes(text, Curve.SIGNATURE_LENGTH).stream())
                .toList();
    }

    /** The preimage's bytes, if it is one. */
    Optional<byte[]> preimageBytes() {
        return preimage.flatMap(text -> bytes(text, Curve.SCALAR_LENGTH));
    }

    private static Optional<byte[]> bytes(String hex, int length) {
        if (hex.length() != 2 * length || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().parseHex(hex));
    }

    /** A preimage is worth money until it is spent. */
    @Override
    public String toString() {
        return "Witness[" + signatures.size() + " signatures" + (preimage.isPresent() ? ", preimage]" : "]");
    }
}
