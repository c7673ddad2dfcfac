package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
    })
    void shouldNameArchiveWhenPlatformIsKnown(String system, String architecture, String archive) {
        assertThat(Binaries.resourceFor(system, architecture)).isEqualTo(archive);
    }

    @ParameterizedTest
    @CsvSource({"postgres-linux-x86_64.txz", "postgres-linux-arm_64.txz"})
    void shouldHoldArchiveWhenPlatformIsAServers(String archive) {
        assertThat(Binaries.class.getResource("/" + archive)).isNotNull();
    }

    @Test
    void shouldSayWhatToDoWhenPlatformIsUnknown() {
        assertThatThrownBy(() -> Binaries.resourceFor("Windows 11", "amd64"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("configure the URL");
        assertThatThrownBy(() -> Binaries.resourceFor("Linux", "riscv64"))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("riscv64");
    }
}
