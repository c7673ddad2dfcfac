package org.ehashpool.mint.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.ehashpool.mint.api.RefusalScenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every order of the operator with everything that a body can have wrong: refused in words, and nothing changes. */
final class MalformedOrdersIT extends RefusalScenario {

    /** A body that is wrong at every path. */
    record Row(String path, String what, String body) {
        @Override
        public String toString() {
            return path + ": " + what;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                        "keysets/rotate",
                        "keysets/deactivate",
                        "limit",
                        "quoting/stop",
                        "quoting/resume",
                        "retire",
                        "release")
                .flatMap(path -> Stream.of(
                        new Row(path, "no JSON", "unit"),
                        new Row(path, "no object", "[]"),
                        new Row(path, "a text", "\"hash\""),
                        new Row(path, "a number", "7"),
                        new Row(path, "null", "null"),
                        new Row(path, "half an object", "{\"unit\":"),
                        new Row(path, "two objects", "{} {\"units\":1}"),
                        new Row(path, "deep arrays", "[".repeat(50_000)),
                        new Row(path, "deep objects", "{\"a\":".repeat(10_000)),
                        new Row(path, "a long number", "{\"a\":" + "9".repeat(100_000) + "}"),
                        new Row(path, "a member that there is not", "{\"units\":\"hash\"}"),
                        new Row(path, "a member in capitals", "{\"UNIT\":\"hash\"}")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldChangeNothingWhenABodyIsWrong(Row row) throws Exception {
        List<JsonNode> before = everything();

        HttpResponse<String> answer = order(row.path(), row.body());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").path("code").asText()).isEqualTo("invalid-body");
        assertThat(json(answer).path("error").path("message").asText())
                .isNotEmpty()
                .hasSizeLessThan(400);
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keysets/rotate | {\"unit\":null}",
                "keysets/rotate | {\"unit\":\"\"}",
                "keysets/rotate | {\"unit\":\"hash\",\"final_expiry\":-1}",
                "keysets/rotate | {\"unit\":\"hash\",\"final_expiry\":1.5}",
                "keysets/rotate | {\"unit\":\"hash\",\"final_expiry\":99999999999999999999}",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":true}",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":1001}",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":1001,\"any_fee\":1}",
                "keysets/deactivate | {}",
                "keysets/deactivate | {\"unit\":[\"hash\"]}",
                "limit | {\"limit\":\"5\"}",
                "limit | {\"unit\":\"hash\",\"limit\":\"\"}",
                "limit | {\"unit\":\"hash\",\"limit\":\"1e3\"}",
                "limit | {\"unit\":\"hash\",\"limit\":\"999999999999999999999\"}",
                "limit | {\"unit\":\"hash\",\"limit\":true}",
                "quoting/stop | {\"reason\":7}",
                "quoting/stop | {\"reason\":\"\"}",
                "release | {\"nothing_was_lost\":false}",
                "release | {\"nothing_was_lost\":\"true\"}",
                "release | {\"nothing_was_lost\":1}"
            })
    void shouldRefuseWhenAMemberIsWrong(String path, String body) throws Exception {
        HttpResponse<String> answer = order(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, retire, 405",
        "POST, status, 405",
        "DELETE, keysets, 405",
        "GET, keysets/1, 404",
        "POST, nothing, 404"
    })
    void shouldRefuseWhenPathOrMethodIsWrong(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(managementUrl("/api/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private List<JsonNode> everything() throws Exception {
        return List.of(
                report("status"),
                report("keysets").path("keysets"),
                report("liabilities").path("units"));
    }

    private JsonNode report(String path) throws Exception {
        return done(send(
                HttpRequest.newBuilder(managementUrl("/api/v1/" + path)).header("Authorization", "Bearer " + TOKEN)));
    }

    private HttpResponse<String> order(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(managementUrl("/api/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
