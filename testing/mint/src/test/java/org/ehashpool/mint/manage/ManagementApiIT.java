package org.ehashpool.mint.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.ehashpool.mint.api.ApiScenario;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does and asks. */
final class ManagementApiIT extends ApiScenario {

    @ParameterizedTest
    @CsvSource({
        "GET, status", "GET, keysets", "GET, liabilities", "POST, keysets/rotate", "POST, keysets/deactivate",
        "POST, limit", "POST, quoting/stop", "POST, quoting/resume", "POST, retire", "POST, release"
    })
    void shouldDoAndTellNothingWhenTheTokenIsWrong(String method, String path) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(managementUrl("/api/v1/" + path))
                .header("Authorization", "Bearer of bad news")
                .method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("hash");
    }

    @Test
    void shouldRotateWithFeeAndExpiryWhenTold() throws Exception {
        long expiry = now().getEpochSecond() + 1_000_000;
        JsonNode made =
                order("keysets/rotate", "{\"unit\":\"hash\",\"input_fee_ppk\":100,\"final_expiry\":" + expiry + "}");

        JsonNode keysets = report("keysets").path("keysets");
        assertThat(keysets).hasSize(2);
        assertThat(keysets.path(0).path("active").asBoolean(true)).isFalse();
        assertThat(keysets.path(1).path("id")).isEqualTo(made.path("id"));
        assertThat(keysets.path(1).path("input_fee_ppk").asInt()).isEqualTo(100);
        assertThat(keysets.path(1).path("final_expiry").asLong()).isEqualTo(expiry);
        order("keysets/deactivate", "{\"unit\":\"hash\"}");
        assertThat(done(get("/v1/keys")).path("keysets")).isEmpty();
    }

    @Test
    void shouldReportWhatIsIssuedRedeemedAndOwedWhenAsked() throws Exception {
        var inputs = minted(8, 4);
        paidQuote(3);
        done(post("/v1/swap", "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(inputs), array(outputs(12 - 4, 4)))));

        JsonNode unit = report("liabilities").path("units").path(0);

        assertThat(unit.path("unit").asText()).isEqualTo("hash");
        assertThat(unit.path("paid").asText()).isEqualTo("15");
        assertThat(unit.path("minted").asText()).isEqualTo("12");
        assertThat(unit.path("mintable").asText()).isEqualTo("3");
        assertThat(unit.path("signed").asText()).isEqualTo("24");
        assertThat(unit.path("redeemed").asText()).isEqualTo("12");
        assertThat(unit.path("circulating").asText()).isEqualTo("12");
        assertThat(unit.path("outstanding").asText()).isEqualTo("15");
        assertThat(unit.path("limit").isNull()).isTrue();
        JsonNode keyset = report("liabilities").path("keysets").path(0);
        assertThat(keyset.path("issued").asText()).isEqualTo("24");
        assertThat(keyset.path("redeemed").asText()).isEqualTo("12");
        assertThat(keyset.path("outstanding").asText()).isEqualTo("12");
    }

    @Test
    void shouldStopAndResumeQuotingWhenTold() throws Exception {
        order("quoting/stop", "{\"reason\":\"an inspection\"}");
        assertThat(report("status").path("quoting_stopped").path("reason").asText())
                .isEqualTo("an inspection");

        assertThat(order("quoting/resume", "").path("quoting_stopped").isNull()).isTrue();
    }

    @Test
    void shouldLimitWhatMayBeOwedWhenTold() throws Exception {
        assertThat(order("limit", "{\"unit\":\"hash\",\"limit\":\"18446744073709551615\"}")
                        .path("limit")
                        .asText())
                .isEqualTo("18446744073709551615");
        assertThat(report("liabilities").path("units").path(0).path("limit").asText())
                .isEqualTo("18446744073709551615");
        order("limit", "{\"unit\":\"hash\",\"limit\":null}");
        assertThat(report("liabilities").path("units").path(0).path("limit").isNull())
                .isTrue();
    }

    @Test
    void shouldRetireOrReleaseOnlyWhenReadOnly() throws Exception {
        minted(8);
        paidQuote(3);
        assertThat(send("retire", "").statusCode()).isEqualTo(409);
        assertThat(send("release", "{\"nothing_was_lost\":true}").statusCode()).isEqualTo(409);
        loseCommits();
        assertThat(report("status").path("read_only").path("reason").asText()).contains("restored");
        assertThat(send("keysets/rotate", "{\"unit\":\"hash\"}").statusCode()).isEqualTo(409);
        assertThat(send("release", "{}").statusCode()).isEqualTo(400);

        JsonNode retired = order("retire", "");

        assertThat(retired.path("retired")).hasSize(1);
        assertThat(retired.path("successors")).hasSize(1);
        assertThat(retired.path("possible_loss"))
                .hasToString("[{\"unit\":\"hash\",\"circulating\":\"8\",\"mintable\":\"3\"}]");
        assertThat(report("status").path("read_only").isNull()).isTrue();
        loseCommits();
        assertThat(order("release", "{\"nothing_was_lost\":true}")
                        .path("read_only")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keysets/rotate | | 400",
                "keysets/rotate | [] | 400",
                "keysets/rotate | {\"unit\":7} | 400",
                "keysets/rotate | {\"unit\":\"hash\",\"fee\":1} | 400",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":-1} | 400",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":\"1\"} | 400",
                "keysets/rotate | {\"unit\":\"hash\",\"input_fee_ppk\":1e3} | 400",
                "keysets/rotate | {\"unit\":\"sat\"} | 409",
                "keysets/rotate | {\"unit\":\"hash\",\"final_expiry\":1} | 409",
                "limit | {\"unit\":\"hash\"} | 400",
                "limit | {\"unit\":\"hash\",\"limit\":5} | 400",
                "limit | {\"unit\":\"hash\",\"limit\":\"-5\"} | 400",
                "limit | {\"unit\":\"hash\",\"limit\":\"18446744073709551616\"} | 400",
                "quoting/stop | {\"reason\":\"two\\nlines\"} | 400",
                "quoting/resume | {\"unit\":\"hash\"} | 400"
            })
    void shouldRefuseWithAReasonWhenAnOrderIsWrong(String path, @Nullable String body, int status) throws Exception {
        HttpResponse<String> answer = send(path, body == null ? "" : body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("error").path("message").asText()).isNotEmpty();
        assertThat(report("keysets").path("keysets")).hasSize(1);
    }

    private JsonNode report(String path) throws Exception {
        return done(send(
                HttpRequest.newBuilder(managementUrl("/api/v1/" + path)).header("Authorization", "Bearer " + TOKEN)));
    }

    private JsonNode order(String path, String body) throws Exception {
        return done(send(path, body));
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(managementUrl("/api/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
