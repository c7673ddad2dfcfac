package org.ehashpool.statistics.web;

import java.util.List;

/**
 * The pages of a service.
 *
 * @param name in every page's head
 * @param pages those in the navigation in their order; the first is at {@code /}
 */
public record Site(String name, List<PageKind> pages) {
    public Site {
        pages = List.copyOf(pages);
    }

    /** Those in the navigation. */
    public List<PageKind> navigation() {
        return pages.stream().filter(page -> !page.label().isEmpty()).toList();
    }
}
