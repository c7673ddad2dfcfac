package org.ehashpool.mint.manage;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.mint.audit.Audit;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.operate.MintRefusedException;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.work.MintBusyException;

/**
 * The operator's commands and reports, all of them with the token only. When a command has been answered, every process
 * of the mint obeys it.
 */
public final class ManagementApi {

    private static final Pattern SHARE_HASH = Pattern.compile("[0-9a-f]{64}");

    /** One of the unit for each input: proofs of 1 are worth nothing above it. */
    private static final long USUAL_FEE_PPK = 1_000;

    private final Supplier<Optional<Mint>> mint;

    /**
     * Commands for a mint.
     *
     * @param mint empty while it is not open
     */
    public ManagementApi(Supplier<Optional<Mint>> mint) {
        this.mint = mint;
    }

    /**
     * Adds the routes.
     *
     * @param guard lets those pass who have the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.get("/api/v1/status")
                .handler(guard)
                .handler(request -> answer(request, operator -> Reports.status(operator.status())));
        router.get("/api/v1/keysets")
                .handler(guard)
                .handler(request -> answer(request, operator -> Reports.keysets(operator.liabilities())));
        router.get("/api/v1/liabilities")
                .handler(guard)
                .handler(request -> answer(request, operator -> Reports.liabilities(operator.liabilities())));
        router.get("/api/v1/audit/quotes").handler(guard).handler(this::auditedQuotes);
        router.get("/api/v1/audit/books")
                .handler(guard)
                .handler(request -> settle(request, open().audit(audit -> AuditReports.books(audit.books()))));
        router.post("/api/v1/keysets/rotate").handler(guard).handler(this::rotate);
        router.post("/api/v1/keysets/deactivate").handler(guard).handler(this::deactivate);
        router.post("/api/v1/limit").handler(guard).handler(this::limit);
        router.post("/api/v1/quoting/stop").handler(guard).handler(this::stopQuoting);
        router.post("/api/v1/quoting/resume").handler(guard).handler(this::resumeQuoting);
        router.post("/api/v1/retire").handler(guard).handler(this::retire);
        router.post("/api/v1/release").handler(guard).handler(this::release);
    }

    private void rotate(RoutingContext request) {
        Orders orders = Orders.read(request, Set.of("unit", "input_fee_ppk", "final_expiry", "any_fee"));
        String unit = orders.unit();
        OptionalLong fee = orders.natural("input_fee_ppk");
        OptionalLong expiry = orders.natural("final_expiry");
        if (fee.orElse(0) > USUAL_FEE_PPK) {
            orders.requireConfirmation(
                    "any_fee",
                    "a fee above " + USUAL_FEE_PPK + " ppk is more than one of the unit for each proof that is spent");
        }
        answer(request, operator -> Reports.keyset(operator.rotate(unit, fee.orElse(0), expiry)));
    }

    private void deactivate(RoutingContext request) {
        String unit = Orders.read(request, Set.of("unit")).unit();
        answer(request, operator -> {
            operator.deactivate(unit);
            return Reports.keysets(operator.liabilities());
        });
    }

    private void limit(RoutingContext request) {
        Orders orders = Orders.read(request, Set.of("unit", "limit"));
        String unit = orders.unit();
        Optional<Amount> limit = orders.limit();
        answer(request, operator -> {
            operator.limit(unit, limit);
            return new JsonObject()
                    .put("unit", unit)
                    .put("limit", limit.map(Amount::toString).orElse(null));
        });
    }

    private void stopQuoting(RoutingContext request) {
        String reason = Orders.read(request, Set.of("reason")).reason();
        answer(request, operator -> {
            operator.stopQuoting(reason);
            return Reports.status(operator.status());
        });
    }

    private void resumeQuoting(RoutingContext request) {
        Orders.read(request, Set.of());
        answer(request, operator -> {
            operator.resumeQuoting();
            return Reports.status(operator.status());
        });
    }

    private void retire(RoutingContext request) {
        Orders.read(request, Set.of());
        answer(request, operator -> Reports.retirement(operator.retire()));
    }

    private void release(RoutingContext request) {
        Orders.read(request, Set.of("nothing_was_lost"))
                .requireConfirmation("nothing_was_lost", "what was committed and is not here can be had twice");
        answer(request, operator -> {
            operator.releaseWithoutLoss();
            return Reports.status(operator.status());
        });
    }

    private void auditedQuotes(RoutingContext request) {
        Optional<String> after = Optional.ofNullable(request.request().getParam("after"));
        if (after.isPresent() && !SHARE_HASH.matcher(after.get()).matches()) {
            throw new ApiFailure(400, "invalid-parameter", "after is a share hash: 64 lower-case hex digits");
        }
        settle(request, open().audit(audit -> AuditReports.quotes(audit.quotes(after, Audit.LARGEST_PAGE))));
    }

    private void answer(RoutingContext request, Function<Operator, JsonObject> command) {
        settle(request, open().operate(command));
    }

    private Mint open() {
        return mint.get().orElseThrow(() -> new ApiFailure(503, "unavailable", "The mint is not open."));
    }

    private static void settle(RoutingContext request, Future<JsonObject> answer) {
        answer.onSuccess(request::json).onFailure(failure -> request.fail(refusal(failure)));
    }

    private static Throwable refusal(Throwable failure) {
        return switch (failure) {
            case MintRefusedException refused -> new ApiFailure(409, "refused", String.valueOf(refused.getMessage()));
            case MintBusyException busy -> new ApiFailure(503, "unavailable", String.valueOf(busy.getMessage()));
            case DatabaseBusyException busy -> new ApiFailure(503, "unavailable", String.valueOf(busy.getMessage()));
            default -> failure;
        };
    }
}
