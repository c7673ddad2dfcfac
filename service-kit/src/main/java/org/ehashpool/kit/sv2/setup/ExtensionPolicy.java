package org.ehashpool.kit.sv2.setup;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The extensions a server grants, and those it insists on.
 *
 * @param supported extension types granted when requested; 0x0001 itself always is
 * @param required a subset of {@code supported} that a client must request
 * @param implied supported without being requested, since the connection's protocol implies them; count as supported
 */
public record ExtensionPolicy(Set<Integer> supported, Set<Integer> required, Set<Integer> implied) {

    /** Extensions Negotiation. */
    public static final int EXTENSIONS_NEGOTIATION = 0x0001;

    /** No extension but the negotiation itself. */
    public static final ExtensionPolicy NONE = new ExtensionPolicy(Set.of(), Set.of(), Set.of());

    public ExtensionPolicy {
        implied = Set.copyOf(implied);
        TreeSet<Integer> all = new TreeSet<>(supported);
        all.addAll(implied);
        supported = Set.copyOf(all);
        required = Set.copyOf(required);
        for (int extension : supported) {
            if (extension < 1 || extension > 0x7fff) {
                throw new IllegalArgumentException("extension type 0x%x is not in 0x0001..0x7fff".formatted(extension));
            }
        }
        if (!supported.containsAll(required)) {
            throw new IllegalArgumentException("required extensions must be supported");
        }
    }

    /** What is agreed before anything was requested. */
    public Set<Integer> initial() {
        return implied;
    }

    /** Whether {@code agreed} holds all that is required. */
    public boolean isSatisfiedBy(Set<Integer> agreed) {
        return agreed.containsAll(required);
    }

    /**
     * Answers RequestExtensions.
     *
     * <p>"Servers MUST respond with RequestExtensions.Error if none of the requested extensions are supported. If the
     * server requires certain extensions but they were not included in the request, it MUST list them."
     *
     * @param requested RequestExtensions.requested_extensions; duplicates count once
     */
    public Answer answer(List<Integer> requested) {
        TreeSet<Integer> granted = new TreeSet<>();
        TreeSet<Integer> unsupported = new TreeSet<>();
        for (int extension : requested) {
            boolean known = extension == EXTENSIONS_NEGOTIATION || supported.contains(extension);
            (known ? granted : unsupported).add(extension);
        }
        TreeSet<Integer> missing = new TreeSet<>(required);
        missing.removeAll(granted);
        if (!missing.isEmpty() || (granted.isEmpty() && !requested.isEmpty())) {
            return new Answer.Refused(List.copyOf(unsupported), List.copyOf(missing));
        }
        return new Answer.Granted(List.copyOf(granted));
    }

    /** What the server answers; lists are in ascending order. */
    public sealed interface Answer {
        /**
         * RequestExtensions.Success.
         *
         * @param supported the requested extensions that are granted
         */
        record Granted(List<Integer> supported) implements Answer {}

        /**
         * RequestExtensions.Error.
         *
         * @param unsupported the requested extensions that are not supported
         * @param required the extensions that were not requested and must be; empty: the client may go on without any
         */
        record Refused(List<Integer> unsupported, List<Integer> required) implements Answer {}
    }
}
