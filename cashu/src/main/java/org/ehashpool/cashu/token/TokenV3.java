package org.ehashpool.cashu.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Values;
import org.ehashpool.cashu.proof.Proof;

/** Version 3: JSON {@code {token: [{mint, proofs}], unit?, memo?}}. */
final class TokenV3 {
    private static final int TEXT = 8192;

    private TokenV3() {}

    static Token read(byte[] json) {
        try {
            JsonValue value = JsonText.read(json, TokenCodec.LIMIT);
            return new Token(
                    value.member("token").elements(Values.ELEMENTS, TokenV3::part),
                    value.find("unit").map(unit -> unit.text(TEXT)),
                    value.find("memo").map(memo -> memo.text(TEXT)));
        } catch (MalformedJsonException e) {
            throw new MalformedTokenException("the token's JSON is not what it should be, " + e.getMessage());
        }
    }

    private static Token.Part part(JsonValue value) {
        return new Token.Part(
                value.member("mint").text(TEXT),
                value.member("proofs").elements(TokenCodec.LIMIT, proof -> TokenProof.of(Values.proof(proof))));
    }

    static String write(Token token) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode parts = node.putArray("token");
        for (Token.Part part : token.parts()) {
            ObjectNode one = parts.addObject().put("mint", part.mint());
            ArrayNode proofs = one.putArray("proofs");
            part.proofs().forEach(proof -> proofs.add(Values.toJson(full(proof))));
        }
        token.unit().ifPresent(unit -> node.put("unit", unit));
        token.memo().ifPresent(memo -> node.put("memo", memo));
        return JsonText.write(node);
    }

    private static Proof full(TokenProof proof) {
        return new Proof(
                proof.amount(),
                proof.fullKeyset().orElseThrow(() -> new IllegalArgumentException("version 3 names keysets in full")),
                proof.secret(),
                proof.point(),
                proof.witness(),
                proof.dleq());
    }
}
