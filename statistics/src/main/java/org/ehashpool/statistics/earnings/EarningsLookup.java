package org.ehashpool.statistics.earnings;

import io.vertx.core.Future;
import java.util.List;

/** Asks a mint for the quotes of keys. */
public interface EarningsLookup {

    /** The URLs of the mints that can be asked; never empty. */
    List<String> mints();

    /**
     * Asks one of them.
     *
     * @param mint one of {@link #mints}
     * @param request the signed body of a lookup; it is the mint that checks it
     * @return completed on the caller's context. Fails with an {@link org.ehashpool.kit.http.ApiFailure} in words for
     *     whoever asked: {@code invalid-lookup}, {@code unknown-mint}, {@code signature-refused}, {@code expired},
     *     {@code refused}, {@code mint-fault}, {@code mint-away}, {@code mint-busy}, {@code busy}
     */
    Future<Earnings> ask(String mint, String request);
}
