package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.mint.api.MalformedRequestsIT.Row;
import org.ehashpool.mint.core.MintProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link MalformedRequestsIT}, at the endpoints of the test profile. */
final class MalformedPaymentsIT extends RefusalScenario {

    private static final String QUOTE = "/v1/mint/quote/bolt11";
    private static final String MELT_QUOTE = "/v1/melt/quote/bolt11";
    private static final String MELT = "/v1/melt/bolt11";
    private static final String UNKNOWN = "0192f3a4-7b3c-7d5e-8f6a-0b1c2d3e4f5a";

    @Override
    protected MintProfile profile() {
        return MintProfile.TEST;
    }

    static Stream<Row> rows() {
        return Stream.of(MalformedRequestsIT.anything(QUOTE, MELT_QUOTE, MELT), quotes(), meltQuotes(), melts())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> quotes() {
        return Stream.of(
                invalid("no amount", QUOTE, "{\"unit\":\"sat\"}"),
                invalid("no unit", QUOTE, "{\"amount\":1}"),
                invalid("an amount as text", QUOTE, "{\"unit\":\"sat\",\"amount\":\"1\"}"),
                invalid("an amount with a point", QUOTE, "{\"unit\":\"sat\",\"amount\":1.0}"),
                row("a negative amount", QUOTE, "{\"unit\":\"sat\",\"amount\":-1}", ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row("no amount at all", QUOTE, "{\"unit\":\"sat\",\"amount\":0}", ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row(
                        "more than there is",
                        QUOTE,
                        "{\"unit\":\"sat\",\"amount\":18446744073709551615}",
                        ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row(
                        "an amount of 2^64",
                        QUOTE,
                        "{\"unit\":\"sat\",\"amount\":18446744073709551616}",
                        ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row("another unit", QUOTE, "{\"unit\":\"hash\",\"amount\":1}", ErrorCode.UNIT_UNSUPPORTED),
                row("a unit in capitals", QUOTE, "{\"unit\":\"SAT\",\"amount\":1}", ErrorCode.UNIT_UNSUPPORTED),
                invalid("a unit that is no text", QUOTE, "{\"unit\":7,\"amount\":1}"),
                invalid(
                        "a long description",
                        QUOTE,
                        "{\"unit\":\"sat\",\"amount\":1,\"description\":\"" + "x".repeat(10_000) + "\"}"),
                row(
                        "a key off the curve",
                        QUOTE,
                        "{\"unit\":\"sat\",\"amount\":1,\"pubkey\":\"02" + "ff".repeat(32) + "\"}",
                        ErrorCode.QUOTE_KEY_REQUIRED),
                row(
                        "a key that is no text",
                        QUOTE,
                        "{\"unit\":\"sat\",\"amount\":1,\"pubkey\":7}",
                        ErrorCode.REQUEST_INVALID),
                invalid("another method", "/v1/mint/quote/bolt12", "{\"unit\":\"sat\",\"amount\":1}"),
                row(
                        "the pool's method",
                        "/v1/mint/quote/ehash",
                        "{\"unit\":\"hash\",\"amount\":1}",
                        ErrorCode.MINTING_DISABLED));
    }

    private static Stream<Row> meltQuotes() {
        return Stream.of(
                invalid("no invoice", MELT_QUOTE, "{\"unit\":\"sat\"}"),
                invalid("an invoice that is no text", MELT_QUOTE, "{\"unit\":\"sat\",\"request\":7}"),
                invalid("an empty invoice", MELT_QUOTE, "{\"unit\":\"sat\",\"request\":\"\"}"),
                invalid("an address", MELT_QUOTE, meltQuote("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")),
                invalid("half an invoice", MELT_QUOTE, meltQuote("lnbc20u1p3u27nppp5pm074ffk6m42lvae8c")),
                invalid("a long invoice", MELT_QUOTE, meltQuote("lnbc1" + "q".repeat(10_000))),
                invalid("a long invoice within limits", MELT_QUOTE, meltQuote("lnbc1" + "q".repeat(8_000))),
                invalid("an offer", MELT_QUOTE, meltQuote("lno1qcp4256ypq")),
                invalid("both cases", MELT_QUOTE, meltQuote("lnbc1QqQ")),
                invalid("no unit", MELT_QUOTE, "{\"request\":\"lnbc1\"}"),
                row(
                        "another unit",
                        MELT_QUOTE,
                        "{\"unit\":\"hash\",\"request\":\"lnbc1\"}",
                        ErrorCode.UNIT_UNSUPPORTED),
                invalid("options that are none", MELT_QUOTE, "{\"unit\":\"sat\",\"request\":\"x\",\"options\":7}"),
                invalid("another method", "/v1/melt/quote/onchain", meltQuote("x")));
    }

    private static Stream<Row> melts() {
        return Stream.of(
                row("an unknown quote", MELT, "{\"quote\":\"" + UNKNOWN + "\",\"inputs\":[]}", ErrorCode.QUOTE_UNKNOWN),
                row("a quote that is no id", MELT, "{\"quote\":\"x\",\"inputs\":[]}", ErrorCode.QUOTE_UNKNOWN),
                invalid("a quote that is no text", MELT, "{\"quote\":7,\"inputs\":[]}"),
                invalid("no inputs", MELT, "{\"quote\":\"" + UNKNOWN + "\"}"),
                invalid("inputs an object", MELT, "{\"quote\":\"" + UNKNOWN + "\",\"inputs\":{}}"),
                invalid("outputs a text", MELT, "{\"quote\":\"" + UNKNOWN + "\",\"inputs\":[],\"outputs\":\"\"}"),
                row(
                        "too many inputs",
                        MELT,
                        "{\"quote\":\"x\",\"inputs\":" + MalformedRequestsIT.many("{}", "[", "]", 1001) + "}",
                        ErrorCode.MAX_INPUTS_EXCEEDED),
                row(
                        "too many outputs",
                        MELT,
                        "{\"quote\":\"x\",\"inputs\":[],\"outputs\":" + MalformedRequestsIT.many("{}", "[", "]", 1001)
                                + "}",
                        ErrorCode.MAX_OUTPUTS_EXCEEDED),
                invalid("another method", "/v1/melt/ehash", "{\"quote\":\"x\",\"inputs\":[]}"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldRefuseWithTheRightCodeWhenSomethingIsWrong(Row row) throws Exception {
        Instant before = Instant.now();

        HttpResponse<String> answer = post(row.path(), row.body());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt(-1))
                .as(answer.body())
                .isEqualTo(row.code().number());
        assertThat(json(answer).path("detail").asText()).isNotEmpty().hasSizeLessThan(400);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    private static String meltQuote(String invoice) {
        return "{\"unit\":\"sat\",\"request\":\"" + invoice + "\"}";
    }

    private static Row row(String what, String path, String body, ErrorCode code) {
        return new Row(what, path, body, code);
    }

    private static Row invalid(String what, String path, String body) {
        return MalformedRequestsIT.invalid(what, path, body);
    }
}
