package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.statistics.figures.Figures;

/**
 * A page of a site.
 *
 * @param path as the router wants it: {@code /blocks}, {@code /miners/:id}
 * @param label in the navigation; empty for a page that others lead to
 * @param section the path of the page in the navigation that it belongs to
 * @param parameters that it understands
 */
public record PageKind(String path, String label, String section, Set<String> parameters, Body body) {

    public PageKind {
        parameters = Set.copyOf(parameters);
    }

    /** What a page shows. */
    @FunctionalInterface
    public interface Body {
        /**
         * Of an address; empty if there is no such thing.
         *
         * @param figures of one transaction
         * @throws org.ehashpool.kit.http.ApiFailure of status 400 if a parameter is wrong
         */
        Optional<Content> of(Figures figures, Address address, Instant now);
    }

    /**
     * A page's title, and its parts in their order.
     *
     * @param note beside the title; may be empty
     */
    public record Content(String title, String note, Map<String, JteModel> parts) {
        public Content {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }
    }

    /** A page as it was at a time: its parts are HTML. */
    record Snapshot(Instant at, String title, String note, Map<String, String> parts) {

        static Snapshot of(Content content, Instant at) {
            Map<String, String> parts = new LinkedHashMap<>();
            content.parts().forEach((name, part) -> parts.put(name, part.render()));
            return new Snapshot(at, content.title(), content.note(), Collections.unmodifiableMap(parts));
        }
    }
}
