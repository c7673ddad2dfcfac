package org.ehashpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FailureTest {

    @Test
    void shouldSpeakInWordsWhenAFileIsTheMatter() {
        assertThat(Failure.text(new NoSuchFileException("/nowhere/key")))
                .isEqualTo("no such file or directory: /nowhere/key");
        assertThat(Failure.text(new AccessDeniedException("/root/key"))).isEqualTo("permission denied: /root/key");
    }

    @Test
    void shouldNameTheKindOnlyWhenTheMessageNeedsIt() {
        assertThat(Failure.text(new IllegalStateException("a secret key is never overwritten")))
                .isEqualTo("a secret key is never overwritten");
        assertThat(Failure.text(new IOException("broken"))).isEqualTo("IOException: broken");
        assertThat(Failure.text(new IOException())).isEqualTo("java.io.IOException");
    }
}
