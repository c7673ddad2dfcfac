package org.ehashpool.templateprovider.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.templateprovider.template.Draft;
import org.ehashpool.templateprovider.template.Room;
import org.ehashpool.templateprovider.template.ServedTemplate;
import org.ehashpool.templateprovider.template.Tip;
import org.jspecify.annotations.Nullable;

/**
 * Which messages make a client's work right, without I/O; not for use by several threads at once.
 *
 * <p>A client that begins is sent a full template as a future one, the SetNewPrevHash that names it, and an empty future
 * template for the block after. When the tip changes, SetNewPrevHash names that empty template at once, and the full one
 * follows, then the next empty one. Where the empty one does not fit (a reorganisation, a missed block), the sequence of
 * the beginning is sent again, as sv2-tp always does.
 */
final class TemplateBook {
    private final LongSupplier ids;
    private final Shelf shelf;
    private final boolean sendsAhead;
    private final Map<Room, ServedTemplate> current = new HashMap<>();
    private @Nullable ServedTemplate ahead;
    private @Nullable Tip tip;
    /** Whether all clients have been sent the SetNewPrevHash of the tip. */
    private boolean named;

    /**
     * Messages for many clients.
     *
     * @param room the clients with this room; empty: all
     * @param messages in their order
     */
    record Dispatch(Optional<Room> room, List<TemplateDistribution.FromServer> messages) {
        Dispatch {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Without a tip.
     *
     * @param ids strictly increasing template ids, unsigned
     * @param sendsAhead whether there are empty templates at all
     */
    TemplateBook(LongSupplier ids, Shelf shelf, boolean sendsAhead) {
        this.ids = ids;
        this.shelf = shelf;
        this.sendsAhead = sendsAhead;
    }

    /** The tip that work is for. */
    Optional<Tip> tip() {
        return Optional.ofNullable(tip);
    }

    /** Whether clients work on the tip, be it with an empty block. */
    boolean isNamed() {
        return named;
    }

    /** The rooms that have a template of the present tip. */
    Set<Room> rooms() {
        return Set.copyOf(current.keySet());
    }

    /** There is a new tip. */
    List<Dispatch> tip(Tip changed, Instant now) {
        tip = changed;
        named = false;
        current.clear();
        shelf.tip(changed, now);
        ServedTemplate empty = ahead;
        ahead = null;
        if (empty == null || !fits(empty, changed)) {
            return List.of();
        }
        named = true;
        put(empty.on(changed));
        return List.of(new Dispatch(Optional.empty(), List.of(changed.message(empty.id()))));
    }

    private static boolean fits(ServedTemplate empty, Tip changed) {
        return empty.draft().height() == changed.height()
                && empty.draft().value() <= changed.subsidy().orElse(Long.MAX_VALUE);
    }

    /**
     * The full templates of the present tip, for every room that has clients.
     *
     * @param next the empty template of the block after
     */
    List<Dispatch> publish(Map<Room, Draft> drafts, Draft next) {
        Tip present = requireTip();
        List<Dispatch> dispatches = new ArrayList<>();
        drafts.forEach((room, draft) -> {
            ServedTemplate template = new ServedTemplate(ids.getAsLong(), draft, Optional.of(present));
            current.put(room, template);
            put(template);
            dispatches.add(new Dispatch(Optional.of(room), work(template, present, !named)));
        });
        named = true;
        ServedTemplate waiting = ahead;
        if (sendsAhead && (waiting == null || waiting.draft().height() != next.height())) {
            ServedTemplate empty = new ServedTemplate(ids.getAsLong(), next, Optional.empty());
            ahead = empty;
            put(empty);
            dispatches.add(new Dispatch(Optional.empty(), List.of(empty.draft().message(empty.id(), true))));
        }
        return dispatches;
    }

    private static List<TemplateDistribution.FromServer> work(ServedTemplate template, Tip tip, boolean beginning) {
        return beginning
                ? List.of(template.draft().message(template.id(), true), tip.message(template.id()))
                : List.of(template.draft().message(template.id(), false));
    }

    /** Takes up a room that has no template of the present tip yet. */
    void add(Room room, Draft draft) {
        ServedTemplate template = new ServedTemplate(ids.getAsLong(), draft, Optional.of(requireTip()));
        current.put(room, template);
        put(template);
    }

    /**
     * What a client is sent that begins, or that changes its room: its room has a template.
     *
     * @throws IllegalStateException if it has none
     */
    List<TemplateDistribution.FromServer> welcome(Room room) {
        ServedTemplate template = current.get(room);
        if (template == null) {
            throw new IllegalStateException("no template for " + room);
        }
        List<TemplateDistribution.FromServer> messages = new ArrayList<>(work(template, requireTip(), true));
        ServedTemplate empty = ahead;
        if (empty != null) {
            messages.add(empty.draft().message(empty.id(), true));
        }
        return messages;
    }

    /** Nobody needs the room any more. */
    void remove(Room room) {
        current.remove(room);
    }

    /** Forgets what is being served; what was served stays on the shelf. */
    void withdraw() {
        current.clear();
        ahead = null;
        tip = null;
        named = false;
    }

    private void put(ServedTemplate template) {
        Set<Long> inUse = new HashSet<>();
        current.values().forEach(used -> inUse.add(used.id()));
        ServedTemplate empty = ahead;
        if (empty != null) {
            inUse.add(empty.id());
        }
        shelf.put(template, inUse);
    }

    private Tip requireTip() {
        Tip present = tip;
        if (present == null) {
            throw new IllegalStateException("no tip");
        }
        return present;
    }
}
