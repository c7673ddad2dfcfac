package org.ehashpool.statistics.watch;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The services that are asked, and what became of it. */
record ServiceTable(DSLContext sql) {

    /** Whom to ask, and where. */
    record Asked(int id, String healthUrl) {}

    /**
     * An answer.
     *
     * @param error null: it lives
     */
    record Answer(int id, Instant at, @Nullable String error) {}

    /** The configured ones; one that tells later is asked where its hello says. */
    void configure(List<WatchedConfig> services) {
        for (WatchedConfig service : services) {
            sql.execute(
                    """
                    insert into service (name, instance, health_url, state_url) values ({0}, {1}, {2}, {3})
                    on conflict (name, instance) do update set health_url = excluded.health_url,
                        state_url = excluded.state_url""",
                    DSL.val(service.name()),
                    DSL.val(service.instance()),
                    DSL.val(service.health().toString()),
                    text(service.state().map(URI::toString).orElse(null)));
        }
    }

    /** Everyone who may be asked, but for those who have been silent for a month. */
    List<Asked> asked(int most) {
        return sql.fetch("""
                        select id, health_url from service
                        where health_url is not null
                            and (sender_id is null or last_heartbeat_at is null
                                or last_heartbeat_at > now() - interval '30 days')
                        order by last_heartbeat_at desc nulls last, id limit {0}""", DSL.val(most))
                .map(row -> new Asked(row.get("id", Integer.class), row.get("health_url", String.class)));
    }

    void answered(List<Answer> answers) {
        for (Answer answer : answers) {
            sql.execute("""
                    update service set polled_at = {1}, poll_error = {2},
                        answered_at = case when {2} is null then {1} else answered_at end
                    where id = {0}""", DSL.val(answer.id()), DSL.val(answer.at()), text(answer.error()));
        }
    }

    private static Field<String> text(@Nullable String value) {
        return DSL.val(value, String.class);
    }
}
