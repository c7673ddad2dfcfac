package org.ehashpool.mint.manage;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.http.ApiFailure;
import org.jspecify.annotations.Nullable;

/** The body of an operator's command: an object with members that are known, each of which is checked. */
final class Orders {

    private static final int LONGEST_UNIT = 64;
    private static final int LONGEST_REASON = 200;

    private final JsonObject body;

    private Orders(JsonObject body) {
        this.body = body;
    }

    /**
     * A command's body; none is an empty one.
     *
     * @param members that it may have: a misspelt one is not passed over
     * @throws ApiFailure of status 400
     */
    static Orders read(RoutingContext request, Set<String> members) {
        JsonObject body = object(request);
        for (String name : body.fieldNames()) {
            if (!members.contains(name)) {
                throw invalid("there is no " + name + "; there are: "
                        + String.join(", ", members.stream().sorted().toList()));
            }
        }
        return new Orders(body);
    }

    private static JsonObject object(RoutingContext request) {
        if (request.body().length() <= 0) {
            return new JsonObject();
        }
        try {
            @Nullable JsonObject body = request.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            throw invalid("the body is no JSON object");
        }
        throw invalid("the body is no JSON object");
    }

    String unit() {
        return text("unit", LONGEST_UNIT).orElseThrow(() -> invalid("unit is missing"));
    }

    String reason() {
        return text("reason", LONGEST_REASON).orElse("by the operator");
    }

    private Optional<String> text(String name, int longest) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isBlank() || text.length() > longest || hasControls(text)) {
            throw invalid(name + " is a line of at most " + longest + " characters");
        }
        return Optional.of(text);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** A whole number from 0 up. */
    OptionalLong natural(String name) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 0) {
            throw invalid(name + " is a whole number from 0 up");
        }
        return OptionalLong.of(((Number) value).longValue());
    }

    /** The limit, in decimal digits; empty when it is {@code null}, which has to be said. */
    Optional<Amount> limit() {
        if (!body.containsKey("limit")) {
            throw invalid("limit is missing; null is no limit");
        }
        @Nullable Object value = body.getValue("limit");
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || !text.matches("[0-9]{1,20}")) {
            throw invalid("limit is an amount in decimal digits, as a text");
        }
        BigInteger amount = new BigInteger(text);
        if (amount.bitLength() > Amount.BITS) {
            throw invalid("limit is at most 2^64 - 1");
        }
        return Optional.of(Amount.of(amount));
    }

    /** That the operator knows what a command does. */
    void requireConfirmation(String name, String meaning) {
        if (!Boolean.TRUE.equals(body.getValue(name))) {
            throw invalid(meaning + "; " + name + " has to be true");
        }
    }

    private static ApiFailure invalid(String problem) {
        return new ApiFailure(400, "invalid-body", problem + ".");
    }
}
