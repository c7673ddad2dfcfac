package org.ehashpool.statistics.web;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.statistics.figures.Figures;

/** Where figures come from. */
public interface FigureReader {

    /**
     * Asks for figures in one transaction that reads, off the caller's thread.
     *
     * @param question may be asked more than once, and does nothing else
     * @return completed on the caller's context. Fails with
     *     {@link org.ehashpool.kit.postgres.DatabaseBusyException} if too many ask
     */
    <T> Future<T> read(Function<Figures, T> question);

    /**
     * Of a database.
     *
     * @param database throws {@link IllegalStateException} as long as it is not open; then questions fail so
     */
    static FigureReader of(Supplier<Database> database, InstantSource clock) {
        return new FigureReader() {
            @Override
            public <T> Future<T> read(Function<Figures, T> question) {
                try {
                    return database.get()
                            .read(Isolation.REPEATABLE_READ, sql -> question.apply(new Figures(sql, clock.instant())));
                } catch (IllegalStateException notOpen) {
                    return Future.failedFuture(notOpen);
                }
            }
        };
    }
}
