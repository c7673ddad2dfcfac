package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DataDirectoryTest {
    private static final Path USER = Path.of("/home/nobody");

    @Test
    void shouldFollowTheEnvironmentWhenItSaysWhere() {
        assertThat(DataDirectory.base(Map.of("EHASH_HOME", "/srv/ehash"), USER)).isEqualTo(Path.of("/srv/ehash"));
    }

    @Test
    void shouldLieInTheUsersHomeWhenTheEnvironmentSaysNothing() {
        assertThat(DataDirectory.base(Map.of("EHASH_HOME", " "), USER))
                .isEqualTo(Path.of("/home/nobody/.local/share/ehash"));
        assertThat(DataDirectory.base(Map.of(), USER)).isEqualTo(Path.of("/home/nobody/.local/share/ehash"));
    }
}
