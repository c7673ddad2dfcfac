package org.ehashpool.stats.message;

import org.ehashpool.stats.event.StatsEvent;
import org.jspecify.annotations.Nullable;

/** A message in either direction. */
public sealed interface StatsMessage {

    /** The version of the protocol that this code speaks. */
    int VERSION = 1;

    /** From a service that has something to tell. */
    sealed interface FromSender extends StatsMessage {}

    /** From a service that keeps statistics. */
    sealed interface FromReceiver extends StatsMessage {}

    /**
     * The first message.
     *
     * @param version the newest version that the sender speaks
     * @param minVersion the oldest one; {@code version} where it is missing
     * @param service in kebab-case
     * @param instance tells processes of one service apart
     * @param bootId 32 hexadecimal digits: what the sequence numbers belong to
     * @param token shows that the sender is this instance
     * @param endpoints where to ask; null where nobody may
     */
    record Hello(
            int version,
            @Nullable Integer minVersion,
            String service,
            String instance,
            String bootId,
            String token,
            @Nullable Endpoints endpoints)
            implements FromSender {
        public Hello {
            Fields.name("service", service);
            Fields.name("instance", instance);
            Fields.bootId(bootId);
            Fields.bounded("token", token);
            if (version < 1 || (minVersion != null && (minVersion < 1 || minVersion > version))) {
                throw new IllegalArgumentException("versions are out of order");
            }
        }

        /** The newest version that both sides speak, or 0. */
        public int agreed(int oldest, int newest) {
            int common = Math.min(version, newest);
            return common >= Math.max(oldest, minVersion == null ? version : minVersion) ? common : 0;
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Hello[version=" + version + ", service=" + service + ", instance=" + instance + ", bootId=" + bootId
                    + "]";
        }
    }

    /**
     * What a service answers over HTTP.
     *
     * @param health of {@code /health/live}
     * @param state of {@code /api/v1/state}
     */
    record Endpoints(String health, String state) {
        public Endpoints {
            Fields.bounded("health", health);
            Fields.bounded("state", state);
        }
    }

    /**
     * The sender may begin.
     *
     * @param version that both use from now on
     * @param lastSeq of this boot's events, the last that is kept for good; 0 if there is none
     */
    record Welcome(int version, long lastSeq) implements FromReceiver {
        public Welcome {
            Fields.notNegative("last_seq", lastSeq);
        }
    }

    /**
     * The sender may not begin, or not go on; the connection is closed.
     *
     * @param code {@code unsupported-version}, {@code unauthorised}, {@code busy}, {@code malformed}, {@code out-of-order}
     * @param message for people
     */
    record Refused(String code, String message) implements FromReceiver {
        public Refused {
            Fields.bounded("code", code);
            Fields.bounded("message", message);
        }
    }

    /**
     * Something happened.
     *
     * @param seq 1 for the first of a boot; one more for each
     * @param at when, in epoch milliseconds of the sender's clock
     */
    record Event(long seq, long at, StatsEvent event) implements FromSender {
        public Event {
            Fields.positive("seq", seq);
            Fields.notNegative("at", at);
        }
    }

    /** These were dropped by the sender, both included, and will never come. */
    record Gap(long from, long to) implements FromSender {
        public Gap {
            Fields.positive("from", from);
            if (to < from) {
                throw new IllegalArgumentException("a gap ends before it begins");
            }
        }
    }

    /** Everything up to and including this one is kept for good. */
    record Ack(long seq) implements FromReceiver {
        public Ack {
            Fields.notNegative("seq", seq);
        }
    }
}
