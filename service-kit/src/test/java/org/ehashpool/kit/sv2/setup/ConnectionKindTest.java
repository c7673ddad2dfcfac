package org.ehashpool.kit.sv2.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionKindTest {

    @ParameterizedTest
    @CsvSource({
        "3, 0, anything, mint",
        "1, 0, anything, jd_client",
        "2, 0, anything, template_client",
        "0, 2, anything, jd_client",
        "0, 3, ehash-translator, jd_client",
        "0, 1, anything, miner",
        "0, 4, ehash-translator, translator",
        "0, 0, ehash-translator 0.1.0, translator",
        "0, 0, ehash-translators, mining",
        "0, 0, '', mining",
        "9, 3, '', mining"
    })
    void shouldFollowTheFirstRuleThatAppliesWhenDeclared(int protocol, long flags, String hardware, String kind) {
        assertThat(ConnectionKind.of(protocol, flags, hardware).label()).isEqualTo(kind);
    }
}
