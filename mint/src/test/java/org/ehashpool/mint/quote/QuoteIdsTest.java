package org.ehashpool.mint.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QuoteIdsTest {

    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(0x0123_4567_89abL));

    @Test
    void shouldMakeVersion7OfTheClock() {
        UUID id = new QuoteIds(clock, new Random(1)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.toString()).startsWith("01234567-89ab-7");
    }

    @Test
    void shouldParseItsCanonicalTextOnly() {
        UUID id = new QuoteIds(clock, new Random(1)).next();

        assertThat(QuoteIds.parse(id.toString())).contains(id);
        assertThat(QuoteIds.parse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();
        assertThat(QuoteIds.parse("1-2-3-4-5")).isEmpty();
        assertThat(QuoteIds.parse("x".repeat(36))).isEmpty();
    }
}
