package org.ehashpool.kit.service;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The one Vert.x of a service. */
final class VertxPlatform {
    private static final int WORKERS = 20;
    private static final long BLOCKED_CHECK_MILLIS = 500;
    private static final long BLOCKED_MILLIS = 1_000;

    private VertxPlatform() {}

    /**
     * With the operating system's own transport where there is one.
     *
     * @param eventLoops 0 for one per processor
     */
    static Vertx create(int eventLoops) {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops)
                .setWorkerPoolSize(WORKERS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(BLOCKED_CHECK_MILLIS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(BLOCKED_MILLIS)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    }

    /** {@code epoll}, {@code kqueue}, {@code io_uring} or {@code nio}, as it came out. */
    static String transport(Vertx vertx) {
        if (!vertx.isNativeTransportEnabled()) {
            return "nio";
        }
        String loop = ((VertxInternal) vertx).transport().getClass().getSimpleName();
        return loop.replace("Transport", "").toLowerCase(Locale.ROOT);
    }
}
