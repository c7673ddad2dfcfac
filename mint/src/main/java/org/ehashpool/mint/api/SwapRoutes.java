package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;
import org.ehashpool.cashu.json.StateMessages.StatesAnswer;
import org.ehashpool.cashu.json.StateMessages.StatesRequest;
import org.ehashpool.cashu.json.SwapMessages;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.json.SwapMessages.RestoreRequest;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.mint.api.text.Texts;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.swap.SwapRequest;

/**
 * Proofs against proofs, and what became of them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/03.md">NUT-03</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/07.md">NUT-07</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09</a>
 */
final class SwapRoutes {

    private final Supplier<Mint> mint;
    private final Calls calls;

    SwapRoutes(Supplier<Mint> mint, Calls calls) {
        this.mint = mint;
        this.calls = calls;
    }

    void mount(Router router) {
        router.post("/v1/swap")
                .handler(calls.<SwapMessages.SwapRequest, SignaturesAnswer>post(
                        SwapMessages.SwapRequest::read,
                        request -> request.inputs().size() + request.outputs().size(),
                        (context, request) -> swap(request)));
        router.post("/v1/checkstate")
                .handler(calls.<StatesRequest, StatesAnswer>post(
                        StatesRequest::read, request -> request.ys().size(), (context, request) -> states(request)));
        router.post("/v1/restore")
                .handler(calls.<RestoreRequest, RestoreAnswer>post(
                        RestoreRequest::read,
                        request -> request.outputs().size(),
                        (context, request) -> restore(request)));
    }

    private Future<Outcome<SignaturesAnswer>> swap(SwapMessages.SwapRequest request) {
        return mint.get()
                .swap(new SwapRequest(request.inputs(), request.outputs()))
                .map(outcome -> outcome.then(signatures -> Outcome.done(new SignaturesAnswer(signatures))));
    }

    private Future<Outcome<StatesAnswer>> states(StatesRequest request) {
        return mint.get()
                .states(request.ys())
                .map(outcome -> outcome.then(states -> Outcome.done(
                        new StatesAnswer(states.stream().map(Texts::answer).toList()))));
    }

    private Future<Outcome<RestoreAnswer>> restore(RestoreRequest request) {
        return mint.get()
                .restore(request.outputs())
                .map(outcome -> outcome.then(
                        restored -> Outcome.done(new RestoreAnswer(restored.outputs(), restored.signatures()))));
    }
}
