package org.ehashpool.statistics.store;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Senders and their boots. */
public final class BootTable {
    private final DSLContext sql;

    public BootTable(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * A sender introduces itself.
     *
     * @param health where it may be asked; empty where it may not
     */
    public record Introduction(
            String service, String instance, String bootId, Optional<String> health, Optional<String> state) {}

    /**
     * Where a boot goes on.
     *
     * @param boot its row
     * @param sender its row
     * @param lastSeq 0 if nothing of it is kept
     */
    public record Registered(int boot, int sender, long lastSeq) {}

    /**
     * Registers a boot. With the first sight of a new one those before it are over: what they had open was closed when they
     * were last heard, and if they did not say that they stop, nobody knows what is missing.
     */
    public Registered register(Introduction hello, Instant now) {
        Record sender = sql.fetchSingle(
                """
                insert into sender (service, instance, first_seen_at, health_url, state_url)
                values ({0}, {1}, {2}, {3}, {4})
                on conflict (service, instance) do update set health_url = excluded.health_url,
                    state_url = excluded.state_url
                returning id""",
                DSL.val(hello.service()),
                DSL.val(hello.instance()),
                DSL.val(now),
                text(hello.health().orElse(null)),
                text(hello.state().orElse(null)));
        int senderId = sender.get("id", Integer.class);
        sql.execute(
                """
                insert into service (sender_id, name, instance, health_url, state_url)
                values ({0}, {1}, {2}, {3}, {4})
                on conflict (name, instance) do update set sender_id = excluded.sender_id,
                    health_url = coalesce(excluded.health_url, service.health_url),
                    state_url = coalesce(excluded.state_url, service.state_url)""",
                DSL.val(senderId),
                DSL.val(hello.service()),
                DSL.val(hello.instance()),
                text(hello.health().orElse(null)),
                text(hello.state().orElse(null)));
        return known(senderId, hello.bootId()).orElseGet(() -> begin(senderId, hello.bootId(), now));
    }

    private Optional<Registered> known(int sender, String bootId) {
        return sql.fetchOptional(
                        "select id, last_seq from boot where sender_id = {0} and boot_id = {1}",
                        DSL.val(sender), DSL.val(bootId))
                .map(row -> new Registered(row.get("id", Integer.class), sender, row.get("last_seq", Long.class)));
    }

    private Registered begin(int sender, String bootId, Instant now) {
        sql.execute("""
                insert into gap (boot, from_seq, to_seq, noticed_at)
                select id, last_seq + 1, null, {1} from boot where sender_id = {0} and not ended
                on conflict (boot, from_seq) do nothing""", DSL.val(sender), DSL.val(now));
        sql.execute("""
                update channel set closed_at = greatest(session.last_active_at, channel.opened_at), reason = 'unknown'
                from session join boot on boot.id = session.boot
                where boot.sender_id = {0} and channel.session_id = session.id and channel.closed_at is null
                """, DSL.val(sender));
        sql.execute("""
                update session set disconnected_at = session.last_active_at, reason = 'unknown'
                from boot where boot.sender_id = {0} and session.boot = boot.id and session.disconnected_at is null
                """, DSL.val(sender));
        int boot = sql.fetchSingle("""
                        insert into boot (sender_id, boot_id, first_seen_at, last_seen_at, last_seq)
                        values ({0}, {1}, {2}, {2}, 0) returning id""", DSL.val(sender), DSL.val(bootId), DSL.val(now))
                .get("id", Integer.class);
        return new Registered(boot, sender, 0);
    }

    private static Field<String> text(@Nullable String value) {
        return DSL.val(value, String.class);
    }
}
