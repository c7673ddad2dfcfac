package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.quote.QuoteCounters;

/**
 * Mint quotes and minting, of one and of many, and the lookup by key.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/04.md">NUT-04</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/20.md">NUT-20</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29</a>
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, the draft of the lookup</a>
 */
public final class QuoteMessages {
    private QuoteMessages() {}

    /**
     * {@code POST /v1/mint/quote/{method}}.
     *
     * @param pubkey who alone may mint
     */
    public record QuoteRequest(
            String unit, Optional<Amount> amount, Optional<String> description, Optional<PublicKey> pubkey)
            implements Message {

        public static QuoteRequest read(JsonValue value) {
            return new QuoteRequest(
                    value.member("unit").text(Values.SHORT),
                    value.find("amount").map(JsonValue::amount),
                    Values.optionalText(value, "description", Values.LONG),
                    value.find("pubkey").map(key -> key.point(ErrorCode.QUOTE_KEY_REQUIRED)));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("unit", unit);
            amount.ifPresent(value -> node.set("amount", Values.amount(value)));
            Values.put(node, "description", description);
            Values.put(node, "pubkey", pubkey.map(PublicKey::toString));
            return node;
        }
    }

    /**
     * A mint quote, whatever was asked: one, many, or those of a key.
     *
     * @param request what is to be paid; of method {@code ehash} the share's hash
     * @param amount asked for
     * @param expiry seconds since the epoch
     * @param counters of which the deprecated {@code state} is derived
     */
    public record QuoteAnswer(
            String quote,
            String method,
            String request,
            String unit,
            Optional<Amount> amount,
            OptionalLong expiry,
            Optional<PublicKey> pubkey,
            QuoteCounters counters)
            implements Message {

        /**
         * Reads an answer.
         *
         * @param method of the endpoint, for mints that do not repeat it
         */
        public static QuoteAnswer read(JsonValue value, String method) {
            JsonValue issued = value.member("amount_issued");
            QuoteCounters counters;
            try {
                counters = new QuoteCounters(
                        value.member("amount_paid").amount(),
                        issued.amount(),
                        value.member("updated_at").natural());
            } catch (IllegalArgumentException e) {
                throw issued.problem("no more than amount_paid is expected");
            }
            return new QuoteAnswer(
                    value.member("quote").text(Values.SHORT),
                    Values.optionalText(value, "method", Values.SHORT).orElse(method),
                    value.member("request").text(Values.LONG),
                    value.member("unit").text(Values.SHORT),
                    value.find("amount").map(JsonValue::amount),
                    Values.optionalNatural(value, "expiry"),
                    value.find("pubkey").map(key -> key.point(ErrorCode.REQUEST_INVALID)),
                    counters);
        }

        /** Reads the answer to a {@link BatchCheckRequest}. */
        public static List<QuoteAnswer> readAll(JsonValue value, String method) {
            return value.elements(Values.ELEMENTS, quote -> read(quote, method));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object()
                    .put("quote", quote)
                    .put("method", method)
                    .put("request", request)
                    .put("unit", unit);
            amount.ifPresent(value -> node.set("amount", Values.amount(value)));
            node.put("state", counters.state().name());
            Values.putOrNull(node, "expiry", expiry);
            Values.put(node, "pubkey", pubkey.map(PublicKey::toString));
            node.set("amount_paid", Values.amount(counters.paid()));
            node.set("amount_issued", Values.amount(counters.issued()));
            return node.put("updated_at", counters.updatedAt());
        }
    }

    /**
     * {@code POST /v1/mint/{method}}.
     *
     * @param signature of a locked quote, BIP 340 in hex
     */
    public record MintRequest(String quote, List<BlindedMessage> outputs, Optional<String> signature)
            implements Message {
        public MintRequest {
            outputs = List.copyOf(outputs);
        }

        public static MintRequest read(JsonValue value) {
            return new MintRequest(
                    value.member("quote").text(Values.SHORT),
                    Values.outputs(value.member("outputs")),
                    Values.optionalText(value, "signature", Values.SHORT));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object().put("quote", quote);
            node.set("outputs", Values.array(outputs, Values::toJson));
            Values.put(node, "signature", signature);
            return node;
        }
    }

    /** {@code POST /v1/mint/quote/{method}/check}. */
    public record BatchCheckRequest(List<String> quotes) implements Message {
        public BatchCheckRequest {
            quotes = List.copyOf(quotes);
        }

        public static BatchCheckRequest read(JsonValue value) {
            return new BatchCheckRequest(quoteIds(value));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("quotes", Values.texts(quotes));
            return node;
        }
    }

    /**
     * {@code POST /v1/mint/{method}/batch}.
     *
     * @param amounts {@code quote_amounts}; as many as quotes, or none at all
     * @param signatures as many as quotes, each of them empty where the quote is not locked, or none at all
     */
    public record BatchMintRequest(
            List<String> quotes,
            Optional<List<Amount>> amounts,
            List<BlindedMessage> outputs,
            Optional<List<Optional<String>>> signatures)
            implements Message {
        public BatchMintRequest {
            quotes = List.copyOf(quotes);
            amounts = amounts.map(List::copyOf);
            outputs = List.copyOf(outputs);
            signatures = signatures.map(List::copyOf);
        }

        public static BatchMintRequest read(JsonValue value) {
            List<String> quotes = quoteIds(value);
            Optional<JsonValue> amounts = value.find("quote_amounts");
            Optional<JsonValue> signatures = value.find("signatures");
            amounts.ifPresent(all -> sameSize(all, quotes, ErrorCode.REQUEST_INVALID));
            signatures.ifPresent(all -> sameSize(all, quotes, ErrorCode.QUOTE_SIGNATURE_INVALID));
            return new BatchMintRequest(
                    quotes,
                    amounts.map(all -> all.elements(Values.ELEMENTS, JsonValue::amount)),
                    Values.outputs(value.member("outputs")),
                    signatures.map(all -> all.elements(
                            Values.ELEMENTS,
                            one -> one.isNull() ? Optional.empty() : Optional.of(one.text(Values.SHORT)))));
        }

        private static void sameSize(JsonValue all, List<String> quotes, ErrorCode code) {
            if (all.size() != quotes.size()) {
                throw all.problem(code, "as many as quotes are expected");
            }
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("quotes", Values.texts(quotes));
            amounts.ifPresent(all -> node.set("quote_amounts", Values.array(all, Values::amount)));
            node.set("outputs", Values.array(outputs, Values::toJson));
            signatures.ifPresent(all -> {
                var array = node.putArray("signatures");
                all.forEach(one -> one.ifPresentOrElse(array::add, array::addNull));
            });
            return node;
        }
    }

    private static List<String> quoteIds(JsonValue value) {
        return value.member("quotes")
                .elements(Values.ELEMENTS, ErrorCode.MAX_BATCH_SIZE_EXCEEDED, quote -> quote.text(Values.SHORT));
    }

    /**
     * {@code POST /v1/mint/quote/{method}/pubkey}.
     *
     * @param signatures of the keys, in their order, BIP 340 in hex
     * @param timestamp seconds since the epoch, which the signatures cover
     * @param onlyMintable leaves out quotes with nothing left to mint; an addition of ours and of hashpool's
     * @param limit the most quotes of the answer
     * @param cursor where the answer before ended
     */
    public record LookupRequest(
            List<PublicKey> pubkeys,
            List<String> signatures,
            long timestamp,
            boolean onlyMintable,
            OptionalLong limit,
            Optional<String> cursor)
            implements Message {
        public LookupRequest {
            pubkeys = List.copyOf(pubkeys);
            signatures = List.copyOf(signatures);
        }

        public static LookupRequest read(JsonValue value) {
            List<PublicKey> pubkeys = value.member("pubkeys")
                    .elements(
                            Values.ELEMENTS,
                            ErrorCode.MAX_BATCH_SIZE_EXCEEDED,
                            key -> key.point(ErrorCode.QUOTE_KEY_REQUIRED));
            JsonValue signatures = value.member("pubkey_signatures");
            if (signatures.size() != pubkeys.size()) {
                throw signatures.problem(ErrorCode.QUOTE_SIGNATURE_INVALID, "as many as pubkeys are expected");
            }
            return new LookupRequest(
                    pubkeys,
                    signatures.elements(Values.ELEMENTS, signature -> signature.text(Values.SHORT)),
                    value.member("timestamp").natural(),
                    value.find("only_mintable").map(JsonValue::bool).orElse(false),
                    Values.optionalNatural(value, "limit"),
                    Values.optionalText(value, "cursor", Values.LONG));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set(
                    "pubkeys",
                    Values.texts(pubkeys.stream().map(PublicKey::toString).toList()));
            node.set("pubkey_signatures", Values.texts(signatures));
            node.put("timestamp", timestamp);
            if (onlyMintable) {
                node.put("only_mintable", true);
            }
            limit.ifPresent(most -> node.put("limit", most));
            Values.put(node, "cursor", cursor);
            return node;
        }
    }

    /**
     * Its answer.
     *
     * @param nextCursor where the next page begins; empty at the end
     */
    public record LookupAnswer(List<QuoteAnswer> quotes, Optional<String> nextCursor) implements Message {
        public LookupAnswer {
            quotes = List.copyOf(quotes);
        }

        public static LookupAnswer read(JsonValue value, String method) {
            return new LookupAnswer(
                    QuoteAnswer.readAll(value.member("quotes"), method),
                    Values.optionalText(value, "next_cursor", Values.LONG));
        }

        @Override
        public JsonNode toJson() {
            ObjectNode node = Values.object();
            node.set("quotes", Values.array(quotes, QuoteAnswer::toJson));
            nextCursor.ifPresentOrElse(cursor -> node.put("next_cursor", cursor), () -> node.putNull("next_cursor"));
            return node;
        }
    }
}
