package org.ehashpool.translator.sv1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static Request read(String line) throws MalformedLineException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return RequestReader.read(bytes, 0, bytes.length);
    }

    @Test
    void shouldReadSubmitsWithAndWithoutVersionBits() throws MalformedLineException {
        assertThat(
                        read(
                                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"u\",\"bf\",\"00000001\",\"504e86ed\",\"b2957c02\"]}"))
                .isEqualTo(new Request.Submit(
                        new RequestId("4"), "u", "bf", "00000001", "504e86ed", "b2957c02", Optional.empty()));
        assertThat(
                        read(
                                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"u\",\"bf\",\"00\",\"1\",\"2\",\"00c00000\"]}"))
                .isEqualTo(new Request.Submit(new RequestId("4"), "u", "bf", "00", "1", "2", Optional.of("00c00000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "null|null",
                "\"abc\"|\"abc\"",
                "true|true",
                "-1|-1",
                "1.50|1.50",
                "\"\\u00e9\\\"\"|\"é\\\"\"",
                "18446744073709551616|18446744073709551616"
            })
    void shouldGiveBackAnyScalarAsTheId(String id, String written) throws MalformedLineException {
        assertThat(read("{\"id\":" + id + ",\"method\":\"mining.ping\"}"))
                .isEqualTo(new Request.Ping(new RequestId(written)));
    }

    @Test
    void shouldTakeARequestWithoutAnId() throws MalformedLineException {
        assertThat(read("{\"method\":\"mining.ping\",\"params\":[]}")).isEqualTo(new Request.Ping(RequestId.NULL));
    }

    @Test
    void shouldReadConfigureWithAllItsOptions() throws MalformedLineException {
        assertThat(
                        read(
                                "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"minimum-difficulty\",\"version-rolling\",\"new\"],"
                                        + "{\"minimum-difficulty.value\":2048,\"version-rolling.mask\":\"1fffe000\","
                                        + "\"version-rolling.min-bit-count\":2,\"info.sw-version\":\"x\",\"info.hw-version\":\"y\"}]}"))
                .isEqualTo(new Request.Configure(
                        new RequestId("1"),
                        List.of("minimum-difficulty", "version-rolling", "new"),
                        Optional.of("1fffe000"),
                        2,
                        OptionalDouble.of(2048),
                        Optional.of("y x")));
    }

    @Test
    void shouldTellAnswersFromRequests() throws MalformedLineException {
        assertThat(read("{\"id\":1,\"result\":\"cgminer/4.12.1\",\"error\":null}"))
                .isEqualTo(new Request.Reply(new RequestId("1"), Optional.of("cgminer/4.12.1")));
        assertThat(read("{\"id\":7,\"method\":\"pong\",\"params\":[]}"))
                .isEqualTo(new Request.Pong(new RequestId("7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"method\":\"mining.submit\",\"params\":[\"u\",\"bf\",\"00000001\",\"504e86ed\"]}",
                "{\"id\":1,\"method\":\"mining.submit\",\"params\":{\"user\":1}}",
                "{\"id\":1,\"method\":\"mining.submit\"}",
                "{\"id\":1,\"method\":\"mining.submit\",\"params\":[null,[],{},true,1]}",
                "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[]}",
                "{\"id\":1,\"method\":\"mining.configure\",\"params\":[\"version-rolling\"]}",
                "{\"id\":1,\"method\":\"mining.suggest_difficulty\",\"params\":[\"much\"]}",
                "{\"id\":1,\"method\":5,\"params\":[]}",
                "{\"id\":1}",
                "{}",
                "{\"id\":[1],\"method\":\"mining.ping\"}"
            })
    void shouldCallARequestMalformedThatIsJsonButNoRequest(String line) throws MalformedLineException {
        assertThat(read(line)).isInstanceOf(Request.Malformed.class);
    }

    @Test
    void shouldRefuseLongTextsWithoutEndingTheConnection() throws MalformedLineException {
        String line = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"%s\",\"x\"]}";

        assertThat(read(line.formatted("u".repeat(RequestReader.MAX_TEXT)))).isInstanceOf(Request.Authorize.class);
        assertThat(read(line.formatted("u".repeat(RequestReader.MAX_TEXT + 1)))).isInstanceOf(Request.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "null",
                "{",
                "{\"id\":1,\"method\":\"mining.ping\"",
                "{\"id\":1,\"method\":\"mining.ping\"} {}",
                "{\"id\":1,\"id\":2,\"method\":\"mining.ping\"}",
                "{\"id\":1,\"method\":\"mining.submit\",\"params\":[{\"a\":1,\"a\":2}]}",
                "{'id':1}",
                "{\"id\":01,\"method\":\"x\"}",
                "{\"id\":NaN,\"method\":\"x\"}",
                "{\"id\":1,\"method\":\"a\u0000b\"}",
                "{\"id\":1,\u0000\"method\":\"x\"}",
                "GET / HTTP/1.1",
                "{\"p\":[[[[[[[[1]]]]]]]]}",
            })
    void shouldRefuseWhatIsNoJsonObjectWithinTheLimits(String line) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(MalformedLineException.class);
    }

    @Test
    void shouldBoundNumbersNamesAndHowManyValuesThereAre() {
        assertThatThrownBy(() -> read("{\"id\":" + "9".repeat(100) + "}")).isInstanceOf(MalformedLineException.class);
        assertThatThrownBy(() -> read("{\"" + "n".repeat(2_000) + "\":1}")).isInstanceOf(MalformedLineException.class);
        assertThatThrownBy(() -> read("{\"params\":[" + "1,".repeat(JsonReader.MAX_VALUES) + "1]}"))
                .isInstanceOf(MalformedLineException.class);
    }

    @Test
    void shouldRefuseInvalidUtf8() {
        byte[] line = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"a?b\",\"x\"]}"
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '?') {
                line[i] = (byte) 0xc3;
            }
        }
        assertThatThrownBy(() -> RequestReader.read(line, 0, line.length)).isInstanceOf(MalformedLineException.class);
    }
}
