package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.RequestRates;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.mint.outcome.Outcome;

/**
 * How every call is served: allowed by its sender's rate, read, understood, done, answered. Texts that are not short
 * are read and written off the event loop, since each of their points takes a square root.
 */
final class Calls {

    private static final int SHORT_BODY = 8192;
    private static final int ELEMENTS_OF_A_REQUEST = 16;

    private final Vertx vertx;
    private final Bodies bodies;
    private final int bodyLimit;
    private final ClientAddresses addresses;
    private final RequestRates rates;

    Calls(Vertx vertx, Bodies bodies, int bodyLimit, ClientAddresses addresses, RequestRates rates) {
        this.vertx = vertx;
        this.bodies = bodies;
        this.bodyLimit = bodyLimit;
        this.addresses = addresses;
        this.rates = rates;
    }

    /** Counts the request for its sender's address. */
    void admit(RoutingContext context) {
        if (rates.take(addresses.of(context.request()), 1)) {
            context.next();
        } else {
            Answers.failed(context, ApiException.tooMany());
        }
    }

    /** A call without a body. */
    <A extends Message> Handler<RoutingContext> get(Function<RoutingContext, Future<Outcome<A>>> operation) {
        return context -> answer(context, operation.apply(context), true);
    }

    /**
     * A call with a body.
     *
     * @param reader of the body
     * @param elements how much work is in it, in inputs, outputs, quotes or keys
     * @param operation what is done
     */
    <Q, A extends Message> Handler<RoutingContext> post(
            Function<JsonValue, Q> reader,
            ToIntFunction<Q> elements,
            BiFunction<RoutingContext, Q, Future<Outcome<A>>> operation) {
        return context -> bodies.read(context)
                .compose(body -> {
                    boolean small = body.length() <= SHORT_BODY;
                    return read(body, reader, small).compose(request -> {
                        charge(context, elements.applyAsInt(request));
                        Future<Outcome<A>> done = operation.apply(context, request);
                        return done.compose(outcome -> encode(outcome, small));
                    });
                })
                .onSuccess(outcome -> send(context, outcome))
                .onFailure(failure -> Answers.failed(context, failure));
    }

    private <A extends Message> void answer(RoutingContext context, Future<Outcome<A>> done, boolean small) {
        done.compose(outcome -> encode(outcome, small))
                .onSuccess(outcome -> send(context, outcome))
                .onFailure(failure -> Answers.failed(context, failure));
    }

    private <Q> Future<Q> read(Buffer body, Function<JsonValue, Q> reader, boolean small) {
        return small
                ? Future.succeededFuture(understand(body, reader))
                : vertx.executeBlocking(() -> understand(body, reader), false).map(Objects::requireNonNull);
    }

    private <Q> Q understand(Buffer body, Function<JsonValue, Q> reader) {
        return reader.apply(JsonText.read(body.getBytes(), bodyLimit));
    }

    /** The request itself is paid for; what is in it beyond the usual is paid for after it is known. */
    private void charge(RoutingContext context, int elements) {
        int cost = elements / ELEMENTS_OF_A_REQUEST;
        AddressGroup address = addresses.of(context.request());
        if (cost > 0 && !rates.take(address, cost)) {
            throw ApiException.tooMany();
        }
    }

    private <A extends Message> Future<Outcome<String>> encode(Outcome<A> outcome, boolean small) {
        return small
                ? Future.succeededFuture(encoded(outcome))
                : vertx.executeBlocking(() -> encoded(outcome), false).map(Objects::requireNonNull);
    }

    private static <A extends Message> Outcome<String> encoded(Outcome<A> outcome) {
        return outcome.then(answer -> Outcome.done(answer.encode()));
    }

    private static void send(RoutingContext context, Outcome<String> outcome) {
        switch (outcome) {
            case Outcome.Done<String> done -> Answers.ok(context, done.value());
            case Outcome.Refused<String> refused -> Answers.refused(context, refused.refusal());
        }
    }
}
