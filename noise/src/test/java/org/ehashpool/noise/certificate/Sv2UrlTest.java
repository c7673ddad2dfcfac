package org.ehashpool.noise.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.ehashpool.noise.curve.Curves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sv2UrlTest {
    private static final String KEY = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    private static Sv2Url parse(String url) {
        return Sv2Url.parse(url, Curves.NATIVE);
    }

    @Test
    void shouldReadTheSpecificationsExample() {
        Sv2Url url = parse("stratum2+tcp://thepool.com:34254/" + KEY);

        assertThat(url.host()).isEqualTo("thepool.com");
        assertThat(url.port()).isEqualTo(34254);
        assertThat(url.authority()).hasToString(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thepool.com:34254",
                "localhost:1",
                "my_pool-1.internal:65535",
                "127.0.0.1:34254",
                "[::1]:34254",
                "[2001:db8::7]:34254",
                "[::ffff:1.2.3.4]:34254"
            })
    void shouldWriteWhatItReadWhenTheAddressIsGood(String address) {
        String url = "stratum2+tcp://" + address + "/" + KEY;

        assertThat(parse(url)).hasToString(url);
    }

    @Test
    void shouldIgnoreCaseWhenReadingTheScheme() {
        assertThat(parse("STRATUM2+TCP://a:1/" + KEY)).hasToString("stratum2+tcp://a:1/" + KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stratum+tcp://a:1/KEY | scheme \"stratum+tcp\", expected \"stratum2+tcp\"",
                "a:1/KEY | no scheme",
                "stratum2+tcp:a:1/KEY | no scheme",
                "stratum2+tcp://a:1 | no authority public key",
                "stratum2+tcp://a:1/ | no authority public key",
                "stratum2+tcp://a/KEY | no port in \"a\"",
                "stratum2+tcp://[::1]/KEY | no port in \"[::1]\"",
                "stratum2+tcp://a:/KEY | port \"\", expected 1 to 65535",
                "stratum2+tcp://a:0/KEY | port 0",
                "stratum2+tcp://a:65536/KEY | port 65536",
                "stratum2+tcp://a:999999/KEY | port \"999999\"",
                "stratum2+tcp://a:-1/KEY | port \"-1\"",
                "stratum2+tcp://a:1x/KEY | port \"1x\"",
                "stratum2+tcp://:1/KEY | the host is empty",
                "stratum2+tcp://::1:1/KEY | write an IPv6 address in brackets",
                "stratum2+tcp://[::1:1/KEY | brackets",
                "stratum2+tcp://::1]:1/KEY | brackets",
                "stratum2+tcp://[a]:1/KEY | brackets are for IPv6",
                "stratum2+tcp://[]:1/KEY | brackets are for IPv6",
                "stratum2+tcp://[:1/KEY | brackets",
                "stratum2+tcp://[1::2::3]:1/KEY | no IPv6 address",
                "stratum2+tcp://[fe80::1%eth0]:1/KEY | no IPv6 address",
                "stratum2+tcp://256.0.0.1:1/KEY | no IPv4 address",
                "stratum2+tcp://1.2.3:1/KEY | no IPv4 address",
                "stratum2+tcp://127.1:1/KEY | no IPv4 address",
                "stratum2+tcp://0x7f000001:1/KEY | no IPv4 address",
                "stratum2+tcp://2130706433:1/KEY | no IPv4 address",
                "stratum2+tcp://-a:1/KEY | no host name",
                "stratum2+tcp://a..b:1/KEY | no host name",
                "stratum2+tcp://user@a:1/KEY | no host name",
                "stratum2+tcp://a b:1/KEY | no host name",
                "stratum2+tcp://a:1/KEY/ | not a base58 digit",
                "stratum2+tcp://a:1/KEY?x=1 | not a base58 digit",
                "stratum2+tcp://a:1/9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXi | checksum",
            })
    void shouldNameTheMistakeWhenTheUrlIsWrong(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(url.replace("KEY", KEY)))
                .withMessageContaining(message);
    }

    @Test
    void shouldRefuseTheUrlWhenItIsEndless() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("stratum2+tcp://" + "a".repeat(1_000_000) + ":1/" + KEY))
                .withMessageContaining("1000069 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("stratum2+tcp://" + "a".repeat(64) + ":1/" + KEY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("stratum2+tcp://" + "a.".repeat(127) + "a:1/" + KEY));
    }
}
