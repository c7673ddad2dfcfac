package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExtensionsTest {
    @Test
    void shouldBeASetInAscendingOrder() {
        Extensions extensions = Extensions.of(0x4548, 2, 2);
        assertThat(extensions.toList()).containsExactly(2, 0x4548);
        assertThat(extensions).isEqualTo(Extensions.of(List.of(2, 0x4548))).hasToString("[0x0002, 0x4548]");
        assertThat(extensions).hasSameHashCodeAs(Extensions.of(List.of(0x4548, 2)));
        assertThat(extensions.contains(2)).isTrue();
        assertThat(extensions.contains(3)).isFalse();
        assertThat(extensions.isEmpty()).isFalse();
        assertThat(Extensions.of()).isSameAs(Extensions.NONE);
    }
}
