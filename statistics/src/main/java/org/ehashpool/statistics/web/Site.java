package org.ehashpool.statistics.web;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.statistics.earnings.EarningsLookup;

/**
 * The pages of a service.
 *
 * @param name in every page's head
 * @param pages those in the navigation in their order; the first is at {@code /}
 * @param earnings what {@code /earnings} shows; there is no such page without it
 */
public record Site(String name, List<PageKind> pages, Optional<Earned> earnings) {
    public Site {
        pages = List.copyOf(pages);
    }

    /**
     * Where it is asked what keys earned.
     *
     * @param addresses who asks: each may ask for only so much
     */
    public record Earned(EarningsLookup lookup, ClientAddresses addresses) {}

    /** Those in the navigation. */
    public List<PageKind> navigation() {
        return pages.stream().filter(page -> !page.label().isEmpty()).toList();
    }
}
