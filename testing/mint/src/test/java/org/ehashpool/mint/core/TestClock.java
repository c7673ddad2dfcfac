package org.ehashpool.mint.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that stands until it is moved. */
final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.updateAndGet(instant -> instant);
    }

    void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
