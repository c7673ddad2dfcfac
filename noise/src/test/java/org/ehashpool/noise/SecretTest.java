package org.ehashpool.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void shouldOverwriteTheOwnedArrayWhenClosed() {
        byte[] bytes = {1, 2, 3};
        Secret secret = Secret.owning(bytes);

        secret.close();
        secret.close();

        assertThat(bytes).containsOnly(0);
        assertThat(secret.isDestroyed()).isTrue();
        assertThatThrownBy(() -> secret.apply(byte[]::clone)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLeaveTheCallersArrayAloneWhenCopied() {
        byte[] bytes = {1, 2, 3};
        Secret secret = Secret.copyOf(bytes);
        bytes[0] = 9;

        assertThat(secret.<byte[]>apply(byte[]::clone)).containsExactly(1, 2, 3);
        secret.close();
        assertThat(bytes).containsExactly(9, 2, 3);
    }

    @Test
    void shouldCompareBytesWhenBothAreAlive() {
        Secret one = Secret.copyOf(new byte[] {1, 2});
        Secret same = Secret.copyOf(new byte[] {1, 2});
        Secret other = Secret.copyOf(new byte[] {1, 3});

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        same.close();
        other.close();
        assertThat(same).isNotEqualTo(one).isNotEqualTo(other).isEqualTo(same);
    }

    @Test
    void shouldTellOnlyItsLengthWhenPrinted() {
        assertThat(Secret.copyOf(new byte[] {42, 43})).hasToString("Secret[2 bytes]");
    }
}
