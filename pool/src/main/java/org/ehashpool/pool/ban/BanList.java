package org.ehashpool.pool.ban;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** The bans in force. Asked from any thread without waiting, changed by the operator. Bounded. */
public final class BanList implements Component {
    /** The most bans at a time. */
    public static final int MOST = 1_000;

    private final BanFile file;
    private final Vertx vertx;
    private final InstantSource clock;
    private volatile List<Ban> bans = List.of();
    private long lastId;

    /** Kept in this file. */
    public BanList(Path file, Vertx vertx, InstantSource clock) {
        this.file = new BanFile(file);
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bans";
    }

    /** Fails if there is a file that cannot be understood: to forget bans silently would let the banned in. */
    @Override
    public Future<Void> start() {
        return vertx.<Object>executeBlocking(() -> {
                    load();
                    return this;
                })
                .mapEmpty();
    }

    private synchronized void load() throws IOException {
        bans = List.copyOf(file.read());
        lastId = bans.stream().mapToLong(Ban::id).max().orElse(0);
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    /** Those that have not ended. */
    public List<Ban> inForce() {
        Instant now = clock.instant();
        return bans.stream().filter(ban -> ban.until().isAfter(now)).toList();
    }

    /** The ban of an address, if there is one. */
    public Optional<Ban> of(InetAddress address) {
        List<Ban> present = bans;
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        for (Ban ban : present) {
            if (ban.addresses().isPresent()
                    && ban.addresses().get().contains(address)
                    && ban.until().isAfter(now)) {
                return Optional.of(ban);
            }
        }
        return Optional.empty();
    }

    /** The ban of a user, if there is one: of the whole identity or of its part before the first dot. */
    public Optional<Ban> of(Text userIdentity) {
        List<Ban> present = bans;
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        for (Ban ban : present) {
            if (ban.user().isPresent()
                    && concerns(ban.user().get(), userIdentity)
                    && ban.until().isAfter(now)) {
                return Optional.of(ban);
            }
        }
        return Optional.empty();
    }

    private static boolean concerns(Text banned, Text userIdentity) {
        if (banned.equals(userIdentity)) {
            return true;
        }
        Bytes identity = userIdentity.bytes();
        return identity.length() > banned.length()
                && identity.get(banned.length()) == '.'
                && identity.slice(0, banned.length()).equals(banned.bytes());
    }

    /** Whom to ban; one of both. */
    public record Subject(Optional<AddressRange> addresses, Optional<Text> user) {
        /** Addresses. */
        public static Subject of(AddressRange addresses) {
            return new Subject(Optional.of(addresses), Optional.empty());
        }

        /** A user. */
        public static Subject of(Text user) {
            return new Subject(Optional.empty(), Optional.of(user));
        }
    }

    /**
     * Bans.
     *
     * @return the ban, in force already, when it is on disk; empty if there is no room for one more
     */
    public Future<Optional<Ban>> add(Subject subject, Duration time, String reason) {
        Ban ban;
        synchronized (this) {
            List<Ban> present = new ArrayList<>(inForce());
            if (present.size() >= MOST) {
                return Future.succeededFuture(Optional.empty());
            }
            Instant now = clock.instant();
            ban = new Ban(++lastId, subject.addresses(), subject.user(), now, now.plus(time), reason);
            present.add(ban);
            bans = List.copyOf(present);
        }
        return save().map(saved -> Optional.of(ban));
    }

    /**
     * Lifts a ban.
     *
     * @return it, when that is on disk; empty if there is none of this number
     */
    public Future<Optional<Ban>> remove(long id) {
        Optional<Ban> found;
        synchronized (this) {
            List<Ban> present = inForce();
            found = present.stream().filter(ban -> ban.id() == id).findFirst();
            bans = present.stream().filter(ban -> ban.id() != id).toList();
        }
        return found.isEmpty() ? Future.succeededFuture(found) : save().map(saved -> found);
    }

    /** Whoever writes last writes what holds then. */
    private Future<Void> save() {
        return vertx.<Object>executeBlocking(() -> {
                    synchronized (file) {
                        file.write(bans);
                    }
                    return this;
                })
                .mapEmpty();
    }
}
