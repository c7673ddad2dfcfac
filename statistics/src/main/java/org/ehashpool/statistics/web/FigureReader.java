package org.ehashpool.statistics.web;

import io.vertx.core.Future;
import java.util.function.Function;
import org.ehashpool.statistics.figures.Figures;

/** Where figures come from. */
@FunctionalInterface
public interface FigureReader {

    /**
     * Asks for figures in one transaction that reads, off the caller's thread.
     *
     * @param question may be asked more than once, and does nothing else
     * @return completed on the caller's context. Fails with
     *     {@link org.ehashpool.kit.postgres.DatabaseBusyException} if too many ask
     */
    <T> Future<T> read(Function<Figures, T> question);
}
