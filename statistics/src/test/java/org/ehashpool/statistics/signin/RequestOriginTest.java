package org.ehashpool.statistics.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestOriginTest {

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Host", "farm.example:8083");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({"same-origin, true", "same-site, false", "cross-site, false", "none, false", "'', false"})
    void shouldBelieveTheBrowserWhenItSaysFromWhichSite(String site, boolean own) {
        assertThat(RequestOrigin.isOwn(headers("Sec-Fetch-Site", site))).isEqualTo(own);
        assertThat(RequestOrigin.isOwn(headers("Sec-Fetch-Site", site, "Origin", "http://farm.example:8083")))
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "http://farm.example:8083, true",
        "http://FARM.example:8083, true",
        "http://farm.example, false",
        "http://farm.example:8083.evil.example, false",
        "https://evil.example, false",
        "null, false",
        "http://[, false",
        "'', false"
    })
    void shouldCompareTheOriginWithTheHostWhenTheBrowserSaysNoSite(String origin, boolean own) {
        assertThat(RequestOrigin.isOwn(headers("Origin", origin))).isEqualTo(own);
    }

    @Test
    void shouldTakeTheHostThatAProxyWasAskedFor() {
        assertThat(RequestOrigin.isOwn(headers("Origin", "https://farm.example", "X-Forwarded-Host", "farm.example")))
                .isTrue();
    }

    @Test
    void shouldLetAProgramThroughThatSendsNeither() {
        assertThat(RequestOrigin.isOwn(headers())).isTrue();
    }

    @Test
    void shouldKnowOfTlsByTheProxyOrTheOrigin() {
        assertThat(RequestOrigin.isSecure(headers())).isFalse();
        assertThat(RequestOrigin.isSecure(headers("Origin", "http://farm.example")))
                .isFalse();
        assertThat(RequestOrigin.isSecure(headers("X-Forwarded-Proto", "https")))
                .isTrue();
        assertThat(RequestOrigin.isSecure(headers("Origin", "https://farm.example")))
                .isTrue();
    }
}
