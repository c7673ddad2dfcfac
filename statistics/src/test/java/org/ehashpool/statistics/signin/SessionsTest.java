package org.ehashpool.statistics.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private final AtomicLong now = new AtomicLong();
    private final Sessions sessions = new Sessions(
            new SecureRandom(), now::get, new Sessions.Limits(Duration.ofMinutes(30), Duration.ofHours(12), 3));

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void shouldFindASessionByItsIdOnlyAndNeverRepeatOne() {
        Session first = sessions.open();
        Session second = sessions.open();

        assertThat(sessions.find(first.id())).containsSame(first);
        assertThat(sessions.find(first.id() + "A")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
        assertThat(sessions.find(first.formToken())).isEmpty();
        assertThat(second.id()).isNotEqualTo(first.id()).hasSize(43);
        assertThat(second.formToken()).isNotEqualTo(first.formToken()).isNotEqualTo(second.id());
        assertThat(first.made(first.formToken())).isTrue();
        assertThat(first.made(second.formToken())).isFalse();
        assertThat(first.made("")).isFalse();
        assertThat(first.toString()).doesNotContain(first.id()).doesNotContain(first.formToken());
    }

    @Test
    void shouldEndASessionWhenItWasNotUsedForHalfAnHour() {
        Session session = sessions.open();
        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id())).isPresent();
        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id())).isPresent();
        pass(Duration.ofMinutes(30));
        assertThat(sessions.find(session.id())).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void shouldEndASessionAfterTwelveHoursHoweverMuchItIsUsed() {
        Session session = sessions.open();
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            pass(Duration.ofMinutes(20));
            assertThat(sessions.find(session.id())).isPresent();
        }
        pass(Duration.ofMinutes(20));
        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void shouldEndTheLeastRecentlyUsedWhenThereAreTooMany() {
        Session first = sessions.open();
        Session second = sessions.open();
        Session third = sessions.open();
        sessions.find(first.id());

        Session fourth = sessions.open();

        assertThat(sessions.size()).isEqualTo(3);
        assertThat(sessions.find(second.id())).isEmpty();
        assertThat(sessions.find(first.id())).isPresent();
        assertThat(sessions.find(third.id())).isPresent();
        assertThat(sessions.find(fourth.id())).isPresent();
    }

    @Test
    void shouldForgetWhoSignsOutAndSayAMessageOnce() {
        Session session = sessions.open();
        session.say("done");

        assertThat(session.heard()).contains("done");
        assertThat(session.heard()).isEmpty();
        sessions.end(session);
        assertThat(sessions.find(session.id())).isEmpty();
    }
}
