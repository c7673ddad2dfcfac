package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.cashu.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies, each and all together within a limit. What a body takes is given back when its request was answered or
 * its connection is gone. The time that it may take is the connection gate's matter.
 */
final class Bodies {

    private static final int LONGEST_NUMBER = 18;

    private final long limit;
    private final long limitOfAll;
    private final AtomicLong held = new AtomicLong();

    /**
     * Bodies of one port.
     *
     * @param limit of one, in bytes
     * @param limitOfAll at a time
     */
    Bodies(long limit, long limitOfAll) {
        this.limit = limit;
        this.limitOfAll = limitOfAll;
    }

    /** Bytes of all bodies that are held at present. */
    long held() {
        return held.get();
    }

    /** The body; fails with an {@link ApiException} as soon as it is too large. Called before anything else reads it. */
    Future<Buffer> read(RoutingContext context) {
        HttpServerRequest request = context.request();
        @Nullable String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && length(announced) > limit) {
            return Future.failedFuture(tooLarge());
        }
        Promise<Buffer> promise = Promise.promise();
        Reading reading = new Reading(promise);
        context.addEndHandler(done -> reading.release());
        request.exceptionHandler(promise::tryFail);
        request.handler(reading::add);
        request.endHandler(end -> promise.tryComplete(reading.body));
        return promise.future();
    }

    /** The decoder has refused what is no number, but a number may be a very large one. */
    private static long length(String announced) {
        return announced.length() > LONGEST_NUMBER ? Long.MAX_VALUE : Long.parseLong(announced);
    }

    private ApiException tooLarge() {
        return new ApiException(413, ErrorCode.REQUEST_INVALID, "a body of at most " + limit + " bytes is accepted");
    }

    /** One body; on its connection's event loop. */
    private final class Reading {
        private final Promise<Buffer> promise;
        private final Buffer body = Buffer.buffer();
        private long taken;
        private boolean released;

        Reading(Promise<Buffer> promise) {
            this.promise = promise;
        }

        void add(Buffer chunk) {
            if (released || promise.future().isComplete()) {
                return;
            }
            if (taken + chunk.length() > limit) {
                promise.tryFail(tooLarge());
                return;
            }
            taken += chunk.length();
            if (held.addAndGet(chunk.length()) > limitOfAll) {
                promise.tryFail(new ApiException(503, ErrorCode.REQUEST_INVALID, "too much to do; ask again later"));
                return;
            }
            body.appendBuffer(chunk);
        }

        void release() {
            if (!released) {
                released = true;
                held.addAndGet(-taken);
            }
        }
    }
}
