package org.ehashpool.mint.lookup;

import java.util.List;
import java.util.Optional;
import org.ehashpool.mint.store.StoredQuote;

/**
 * Some of the quotes that are locked to the keys.
 *
 * @param next where the next page begins; empty when there is nothing more at present
 */
public record LookupPage(List<StoredQuote> quotes, Optional<String> next) {
    public LookupPage {
        quotes = List.copyOf(quotes);
    }
}
