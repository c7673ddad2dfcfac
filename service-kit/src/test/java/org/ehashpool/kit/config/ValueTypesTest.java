package org.ehashpool.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

    @ParameterizedTest
    @CsvSource({
        "pool.example:34254, pool.example, 34254",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:9108, ::1, 9108",
        "[fe80::1%eth0]:65535, fe80::1%eth0, 65535"
    })
    void shouldReadBackHostPortWhenItIsWritten(String text, String host, int port) {
        HostPort parsed = HostPort.parse(text);

        assertThat(parsed).isEqualTo(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "host",
                "host:",
                ":80",
                "::1:80",
                "host:65536",
                "host:-1",
                "host:+1",
                "host:1x",
                "[host]:80",
                "[]:80",
                "ho st:80",
                "-host:80",
                "http://host:80",
                "host\n:80"
            })
    void shouldRefuseHostPortWhenItIsMalformed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "512B, 512",
        "1KiB, 1024",
        "64KiB, 65536",
        "3MiB, 3145728",
        "2GiB, 2147483648",
        "1TiB, 1099511627776"
    })
    void shouldReadBackByteSizeWhenItIsWritten(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "KiB", "1kB", "1.5MiB", "-1B", "1 KiB", "8388608TiB", "9999999999999999999B"})
    void shouldRefuseByteSizeWhenItIsMalformedOrTooLarge(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s", "1000ms, 1s", "90s, 90s", "3600s, 1h", "48h, 2d", "1500us, 1500us", "7ns, 7ns"})
    void shouldWriteDurationInLargestUnitThatLosesNothing(String given, String written) {
        ScalarType<?> type = ScalarTypes.of(java.time.Duration.class).orElseThrow();

        assertThat(written(type, given)).isEqualTo("\"" + written + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1 s", "-1s", "1.5s", "1w", "PT1S", "106752d", "999999999999999999d"})
    void shouldRefuseDurationWhenItIsMalformedOrTooLong(String text) {
        ScalarType<?> type = ScalarTypes.of(java.time.Duration.class).orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "NaN", "Infinity", "1e999", "0x1p1x"})
    void shouldRefuseNumberWhenItIsNoneOrNotFinite(String text) {
        ScalarType<?> type = ScalarTypes.of(double.class).orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "9223372036854775808", "1.0", "0x10", " 1", "+"})
    void shouldRefuseWholeNumberWhenItDoesNotFit(String text) {
        ScalarType<?> type = ScalarTypes.of(int.class).orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
    }

    @Test
    void shouldNeverShowSecretWhenItIsPrinted() {
        Secret secret = Secret.of("hunter2");

        assertThat(secret)
                .hasToString("[redacted]")
                .isEqualTo(Secret.of("hunter2"))
                .isNotEqualTo(Secret.of("hunter"));
        assertThat(new SampleConfig.Listen(1, "h").toString() + secret).doesNotContain("hunter2");
        assertThat(secret.matches("hunter2")).isTrue();
        assertThat(secret.matches("")).isFalse();
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret).hasSameHashCodeAs(Secret.of("other"));
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "listen, lisen, 1", "listen, lisetn, 1", "a, '', 1", "abc, abc, 0"})
    void shouldCountEditsWhenTextsDiffer(String left, String right, int edits) {
        assertThat(Suggestions.distance(left, right)).isEqualTo(edits);
    }

    private static <T> String written(ScalarType<T> type, String text) {
        return type.toToml().apply(type.parse(text));
    }
}
