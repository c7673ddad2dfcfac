package org.ehashpool.kit.sv2.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ExtensionAttemptsTest {

    @Test
    void shouldWaitTwiceThenFiveTimesThenGoWithoutWhenNobodyAnswers() {
        Duration connectionTime = Duration.ofMillis(80);
        ExtensionAttempts attempt = ExtensionAttempts.first(Duration.ofMillis(50));
        assertThat(attempt.patience(connectionTime)).contains(Duration.ofMillis(160));
        attempt = attempt.next();
        assertThat(attempt.patience(connectionTime)).contains(Duration.ofMillis(400));
        attempt = attempt.next();
        assertThat(attempt.patience(connectionTime)).isEmpty();
        assertThat(ExtensionAttempts.without().patience(connectionTime)).isEmpty();
    }

    @Test
    void shouldWaitAtLeastTheFloorWhenConnectionIsFast() {
        ExtensionAttempts attempt = ExtensionAttempts.first(Duration.ofMillis(250));
        assertThat(attempt.patience(Duration.ofMillis(3))).contains(Duration.ofMillis(250));
    }
}
