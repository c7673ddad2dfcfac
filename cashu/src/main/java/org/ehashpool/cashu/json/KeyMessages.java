package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.point.PublicKey;

/**
 * Keys and keysets.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/01.md">NUT-01</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/02.md">NUT-02</a>
 */
public final class KeyMessages {
    private KeyMessages() {}

    /** {@code GET /v1/keys} and {@code GET /v1/keys/{id}}. */
    public record KeysAnswer(List<PublishedKeys> keysets) implements Message {
        public KeysAnswer {
            keysets = List.copyOf(keysets);
        }

        public static KeysAnswer read(JsonValue value) {
            return new KeysAnswer(value.member("keysets").elements(Values.ELEMENTS, PublishedKeys::read));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("keysets", Values.array(keysets, PublishedKeys::toJson));
            return node;
        }
    }

    /** A keyset with its keys. Whether the id belongs to them is for the wallet to check. */
    public record PublishedKeys(Keyset keyset, boolean active) implements Message {

        /** {@code active} is not there in answers of older mints, which have only active keysets here. */
        static PublishedKeys read(JsonValue value) {
            Keyset keyset = new Keyset(
                    value.member("id").keysetId(),
                    value.member("unit").text(Values.SHORT),
                    Values.optionalNatural(value, "input_fee_ppk").orElse(0),
                    Values.optionalNatural(value, "final_expiry"),
                    keys(value.member("keys")));
            return new PublishedKeys(
                    keyset, value.find("active").map(JsonValue::bool).orElse(true));
        }

        private static PublicKeys keys(JsonValue value) {
            if (value.size() > PublicKeys.MAXIMUM) {
                throw value.problem("more than " + PublicKeys.MAXIMUM + " keys");
            }
            Map<Amount, PublicKey> keys = new HashMap<>();
            try {
                for (String amount : value.names()) {
                    keys.put(Amount.parse(amount), value.member(amount).point(ErrorCode.REQUEST_INVALID));
                }
                return new PublicKeys(keys);
            } catch (IllegalArgumentException e) {
                throw value.problem("keys by positive amounts are expected");
            }
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = new KeysetEntry(
                            keyset.id(), keyset.unit(), active, keyset.inputFeePpk(), keyset.finalExpiry())
                    .toJson();
            ObjectNode keys = node.putObject("keys");
            keyset.keys().byAmount().forEach((amount, key) -> keys.put(amount.toString(), key.toString()));
            return node;
        }
    }

    /** {@code GET /v1/keysets}. */
    public record KeysetsAnswer(List<KeysetEntry> keysets) implements Message {
        public KeysetsAnswer {
            keysets = List.copyOf(keysets);
        }

        public static KeysetsAnswer read(JsonValue value) {
            return new KeysetsAnswer(value.member("keysets").elements(Values.ELEMENTS, KeysetEntry::read));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("keysets", Values.array(keysets, KeysetEntry::toJson));
            return node;
        }
    }

    /**
     * A keyset without its keys.
     *
     * @param inputFeePpk what spending one proof costs, in thousandths of the unit
     * @param finalExpiry seconds since the epoch
     */
    public record KeysetEntry(KeysetId id, String unit, boolean active, long inputFeePpk, OptionalLong finalExpiry)
            implements Message {

        static KeysetEntry read(JsonValue value) {
            return new KeysetEntry(
                    value.member("id").keysetId(),
                    value.member("unit").text(Values.SHORT),
                    value.member("active").bool(),
                    Values.optionalNatural(value, "input_fee_ppk").orElse(0),
                    Values.optionalNatural(value, "final_expiry"));
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode node = Values.object()
                    .put("id", id.toString())
                    .put("unit", unit)
                    .put("active", active)
                    .put("input_fee_ppk", inputFeePpk);
            Values.putOrNull(node, "final_expiry", finalExpiry);
            return node;
        }
    }
}
