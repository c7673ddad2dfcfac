package org.ehashpool.mint.pool;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.quote.QuoteOrders;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.ehashpool.sv2.message.MintQuoteErrorCode;

/**
 * Turns requests of all pools into transactions: what arrives while one is committed makes up the next. Lives on one event
 * loop. What waits here is bounded by the pools' windows.
 */
final class QuoteDesk {

    /** One at work on the rows while the other waits for the disk. */
    private static final int TRANSACTIONS = 2;

    private final Context context;
    private final Quotes quotes;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Promise<Void> idle = Promise.promise();
    private int running;
    private boolean closing;

    /** Makes quotes, in one transaction. */
    interface Quotes {
        /** The answers, in the orders' order. */
        Future<List<OrderAnswer>> create(List<QuoteOrder> orders);
    }

    private record Waiting(MintQuoteRequest request, Consumer<QuoteReply> answer) {
        void refuse(MintQuoteErrorCode code) {
            answer.accept(code.toMessage(request.requestId(), request.shareHash()));
        }
    }

    QuoteDesk(Context context, Quotes quotes) {
        this.context = context;
        this.quotes = quotes;
    }

    /** Answers a request when its quote is durable, or with the reason that there is none; once, on the event loop. */
    void take(MintQuoteRequest request, Consumer<QuoteReply> answer) {
        Waiting next = new Waiting(request, answer);
        if (closing) {
            next.refuse(MintQuoteErrorCode.SHUTTING_DOWN);
            return;
        }
        waiting.add(next);
        // What else was read with it shall be in the same transaction.
        if (waiting.size() == 1) {
            context.runOnContext(read -> begin());
        }
    }

    private void begin() {
        while (running < TRANSACTIONS && !waiting.isEmpty()) {
            List<Waiting> batch = new ArrayList<>();
            while (batch.size() < QuoteOrders.MAXIMUM && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            running++;
            context.executeBlocking(() -> read(batch), false)
                    .compose(this::place)
                    .onComplete(done -> {
                        running--;
                        if (done.failed()) {
                            MintEvents.ordersFailed(batch.size(), done.cause());
                            batch.forEach(one -> one.refuse(MintQuoteErrorCode.STORAGE_UNAVAILABLE));
                        }
                        begin();
                        if (closing && running == 0) {
                            idle.tryComplete();
                        }
                    });
        }
    }

    private record ReadBatch(List<Waiting> usable, List<QuoteOrder> orders, List<Runnable> refusals) {}

    /** Away from the event loop: keys are checked. */
    private static ReadBatch read(List<Waiting> batch) {
        ReadBatch readable = new ReadBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Waiting one : batch) {
            switch (OrderReading.order(one.request())) {
                case OrderReading.Read.Order(QuoteOrder order) -> {
                    readable.usable().add(one);
                    readable.orders().add(order);
                }
                case OrderReading.Read.Unusable(MintQuoteErrorCode code) ->
                    readable.refusals().add(() -> one.refuse(code));
            }
        }
        return readable;
    }

    private Future<Void> place(ReadBatch readable) {
        return quotes.create(readable.orders()).map(answers -> {
            for (int i = 0; i < answers.size(); i++) {
                Waiting one = readable.usable().get(i);
                one.answer().accept(OrderReading.reply(one.request(), answers.get(i)));
            }
            readable.refusals().forEach(Runnable::run);
            return null;
        });
    }

    /** Requests that are not answered yet, but for those at work. */
    int queued() {
        return waiting.size();
    }

    /** Takes no more requests; succeeds when all that were taken are answered. */
    Future<Void> close() {
        closing = true;
        if (running == 0 && waiting.isEmpty()) {
            idle.tryComplete();
        }
        return idle.future();
    }
}
