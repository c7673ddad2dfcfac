package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.Values;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each endpoint with everything that a request can have wrong, and the code that it is answered with. */
final class MalformedRequestsIT extends RefusalScenario {

    /** Curve points; B_ of nobody in particular. */
    private static final String POINT = "02a9acc1e48c25eeeb9289b5031cc57da9fe72f3fe2861d264bdc074209b107ba2";

    private static final String OTHER_POINT = "0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final String NO_POINT = "02" + "ff".repeat(32);
    private static final String UNKNOWN_KEYSET = "00ffffffffffffff";
    private static final String UNKNOWN_QUOTE = "0192f3a4-7b3c-7d5e-8f6a-0b1c2d3e4f5a";

    /** What is asked, with {@code $KEYSET}, {@code $QUOTE}, {@code $SIGNATURE}, {@code $KEY} and {@code $NOW} of the running mint. */
    record Row(String what, String path, String body, ErrorCode code) {
        @Override
        public String toString() {
            return path + ": " + what;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(anything(), swaps(), mints(), batches(), checks(), lookups(), states(), restores(), melts())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> anything() {
        return anything(
                "/v1/swap",
                "/v1/mint/ehash",
                "/v1/mint/ehash/batch",
                "/v1/mint/quote/ehash/check",
                "/v1/mint/quote/ehash/pubkey",
                "/v1/checkstate",
                "/v1/restore");
    }

    /** What no endpoint takes, at every endpoint. */
    static Stream<Row> anything(String... paths) {
        return Stream.of(paths)
                .flatMap(path -> Stream.of(
                        invalid("no body", path, ""),
                        invalid("no JSON", path, "quote"),
                        invalid("no object", path, "[]"),
                        invalid("null", path, "null"),
                        invalid("a number", path, "7"),
                        invalid("an empty object", path, "{}"),
                        invalid("half an object", path, "{\"outputs\":["),
                        invalid("two values", path, "{} {}"),
                        invalid("a name twice", path, "{\"outputs\":[],\"outputs\":[]}"),
                        invalid("deep arrays", path, "[".repeat(50_000)),
                        invalid("deep objects", path, "{\"a\":".repeat(10_000)),
                        invalid("a long number", path, "{\"outputs\":" + "9".repeat(100_000) + "}"),
                        invalid("a huge exponent", path, "{\"outputs\":1e999999999}"),
                        invalid("many names", path, many("\"%d\":0", "{", "}", 10_000)),
                        invalid("a byte order mark", path, "\ufeff{}")));
    }

    private static Stream<Row> outputs(String path, String before, ErrorCode emptiness) {
        return Stream.of(
                new Row("outputs null", path, before + "\"outputs\":null}", ErrorCode.REQUEST_INVALID),
                new Row("outputs an object", path, before + "\"outputs\":{}}", ErrorCode.REQUEST_INVALID),
                new Row("no outputs", path, before + "\"outputs\":[]}", emptiness),
                row(
                        "an amount as text",
                        path,
                        before,
                        "{\"amount\":\"8\",\"id\":\"$KEYSET\",\"B_\":\"$POINT\"}",
                        ErrorCode.REQUEST_INVALID),
                row(
                        "an amount with a point",
                        path,
                        before,
                        "{\"amount\":8.0,\"id\":\"$KEYSET\",\"B_\":\"$POINT\"}",
                        ErrorCode.REQUEST_INVALID),
                row(
                        "a negative amount",
                        path,
                        before,
                        "{\"amount\":-8,\"id\":\"$KEYSET\",\"B_\":\"$POINT\"}",
                        ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row(
                        "an amount of 2^64",
                        path,
                        before,
                        "{\"amount\":18446744073709551616,\"id\":\"$KEYSET\",\"B_\":\"$POINT\"}",
                        ErrorCode.AMOUNT_OUTSIDE_LIMIT),
                row("no keyset", path, before, "{\"amount\":8,\"B_\":\"$POINT\"}", ErrorCode.REQUEST_INVALID),
                row(
                        "a keyset of no version",
                        path,
                        before,
                        "{\"amount\":8,\"id\":\"ff\",\"B_\":\"$POINT\"}",
                        ErrorCode.KEYSET_UNKNOWN),
                row("no point", path, before, "{\"amount\":8,\"id\":\"$KEYSET\"}", ErrorCode.REQUEST_INVALID),
                row(
                        "a point off the curve",
                        path,
                        before,
                        "{\"amount\":8,\"id\":\"$KEYSET\",\"B_\":\"" + NO_POINT + "\"}",
                        ErrorCode.REQUEST_INVALID),
                row(
                        "a point too short",
                        path,
                        before,
                        "{\"amount\":8,\"id\":\"$KEYSET\",\"B_\":\"02\"}",
                        ErrorCode.REQUEST_INVALID),
                new Row(
                        "too many outputs",
                        path,
                        before + "\"outputs\":" + many(output("$KEYSET"), "[", "]", 1001) + "}",
                        ErrorCode.MAX_OUTPUTS_EXCEEDED));
    }

    private static Stream<Row> swaps() {
        String path = "/v1/swap";
        String outputs = "\"outputs\":[" + output("$KEYSET") + "]}";
        return Stream.concat(
                outputs(path, "{\"inputs\":[],", ErrorCode.TRANSACTION_UNBALANCED),
                Stream.of(
                        new Row("no inputs", path, "{\"inputs\":[]," + outputs, ErrorCode.TRANSACTION_UNBALANCED),
                        invalid("inputs a text", path, "{\"inputs\":\"x\"," + outputs),
                        input(
                                "no secret",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"C\":\"$POINT\"}",
                                ErrorCode.REQUEST_INVALID),
                        input(
                                "a secret that is no text",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"secret\":7,\"C\":\"$POINT\"}",
                                ErrorCode.REQUEST_INVALID),
                        input(
                                "half a surrogate pair",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"secret\":\"\\ud800\",\"C\":\"$POINT\"}",
                                ErrorCode.REQUEST_INVALID),
                        input(
                                "a long secret",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"secret\":\"" + "x".repeat(100_000)
                                        + "\",\"C\":\"$POINT\"}",
                                ErrorCode.REQUEST_INVALID),
                        input(
                                "C off the curve",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"secret\":\"x\",\"C\":\"" + NO_POINT + "\"}",
                                ErrorCode.PROOF_INVALID),
                        input(
                                "C of nobody",
                                "{\"amount\":8,\"id\":\"$KEYSET\",\"secret\":\"x\",\"C\":\"$POINT\"}",
                                ErrorCode.PROOF_INVALID),
                        input(
                                "an amount without a key",
                                "{\"amount\":7,\"id\":\"$KEYSET\",\"secret\":\"x\",\"C\":\"$POINT\"}",
                                ErrorCode.PROOF_INVALID),
                        input(
                                "an unknown keyset",
                                "{\"amount\":8,\"id\":\"" + UNKNOWN_KEYSET + "\",\"secret\":\"x\",\"C\":\"$POINT\"}",
                                ErrorCode.KEYSET_UNKNOWN),
                        new Row(
                                "too many inputs",
                                path,
                                "{\"inputs\":" + many("{}", "[", "]", 1001) + "," + outputs,
                                ErrorCode.MAX_INPUTS_EXCEEDED)));
    }

    private static Row input(String what, String input, ErrorCode code) {
        return new Row(what, "/v1/swap", "{\"inputs\":[" + input + "],\"outputs\":[" + output("$KEYSET") + "]}", code);
    }

    private static Stream<Row> mints() {
        String path = "/v1/mint/ehash";
        String outputs = "\"outputs\":[" + output("$KEYSET") + "]}";
        return Stream.of(
                        Stream.of(
                                invalid("a quote that is no text", path, "{\"quote\":7," + outputs),
                                new Row(
                                        "an unknown quote",
                                        path,
                                        "{\"quote\":\"" + UNKNOWN_QUOTE + "\"," + outputs,
                                        ErrorCode.QUOTE_UNKNOWN),
                                new Row(
                                        "a quote that is no id",
                                        path,
                                        "{\"quote\":\"' or 1=1\"," + outputs,
                                        ErrorCode.QUOTE_UNKNOWN),
                                new Row(
                                        "no signature",
                                        path,
                                        "{\"quote\":\"$QUOTE\"," + outputs,
                                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                                new Row(
                                        "a signature that is none",
                                        path,
                                        "{\"quote\":\"$QUOTE\",\"signature\":\"zz\"," + outputs,
                                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                                new Row(
                                        "a signature of zeros",
                                        path,
                                        "{\"quote\":\"$QUOTE\",\"signature\":\"" + "00".repeat(64) + "\"," + outputs,
                                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                                new Row(
                                        "more than the quote has",
                                        path,
                                        "{\"quote\":\"$QUOTE\",\"signature\":\"$SIGNATURE\"," + outputs,
                                        ErrorCode.TRANSACTION_UNBALANCED),
                                invalid("another method", "/v1/mint/bolt11", "{\"quote\":\"$QUOTE\"," + outputs),
                                invalid("a method in capitals", "/v1/mint/EHASH", "{\"quote\":\"$QUOTE\"," + outputs)),
                        outputs(path, "{\"quote\":\"" + UNKNOWN_QUOTE + "\",", ErrorCode.QUOTE_UNKNOWN))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> batches() {
        String path = "/v1/mint/ehash/batch";
        String outputs = "\"outputs\":[" + output("$KEYSET") + "]}";
        return Stream.concat(
                Stream.of(
                        invalid("no quotes", path, "{\"quotes\":[]," + outputs),
                        new Row(
                                "a quote twice",
                                path,
                                "{\"quotes\":[\"$QUOTE\",\"$QUOTE\"]," + outputs,
                                ErrorCode.DUPLICATE_QUOTES),
                        new Row(
                                "an unknown quote",
                                path,
                                "{\"quotes\":[\"" + UNKNOWN_QUOTE + "\"]," + outputs,
                                ErrorCode.QUOTE_UNKNOWN),
                        new Row(
                                "too many quotes",
                                path,
                                "{\"quotes\":" + many("\"%d\"", "[", "]", 101) + "," + outputs,
                                ErrorCode.MAX_BATCH_SIZE_EXCEEDED),
                        new Row(
                                "far too many quotes",
                                path,
                                "{\"quotes\":" + many("\"%d\"", "[", "]", 5000) + "," + outputs,
                                ErrorCode.MAX_BATCH_SIZE_EXCEEDED),
                        invalid(
                                "fewer amounts than quotes",
                                path,
                                "{\"quotes\":[\"$QUOTE\"],\"quote_amounts\":[]," + outputs),
                        new Row(
                                "fewer signatures than quotes",
                                path,
                                "{\"quotes\":[\"$QUOTE\"],\"signatures\":[]," + outputs,
                                ErrorCode.QUOTE_SIGNATURE_INVALID),
                        new Row(
                                "no signature",
                                path,
                                "{\"quotes\":[\"$QUOTE\"],\"signatures\":[null]," + outputs,
                                ErrorCode.QUOTE_SIGNATURE_INVALID)),
                outputs(path, "{\"quotes\":[\"" + UNKNOWN_QUOTE + "\"],", ErrorCode.QUOTE_UNKNOWN));
    }

    private static Stream<Row> checks() {
        String path = "/v1/mint/quote/ehash/check";
        return Stream.of(
                invalid("no quotes", path, "{\"quotes\":[]}"),
                invalid("a quote that is no text", path, "{\"quotes\":[7]}"),
                new Row("a quote twice", path, "{\"quotes\":[\"$QUOTE\",\"$QUOTE\"]}", ErrorCode.DUPLICATE_QUOTES),
                new Row(
                        "an unknown quote",
                        path,
                        "{\"quotes\":[\"$QUOTE\",\"" + UNKNOWN_QUOTE + "\"]}",
                        ErrorCode.QUOTE_UNKNOWN),
                new Row(
                        "too many quotes",
                        path,
                        "{\"quotes\":" + many("\"%d\"", "[", "]", 101) + "}",
                        ErrorCode.MAX_BATCH_SIZE_EXCEEDED),
                invalid("another method", "/v1/mint/quote/onchain/check", "{\"quotes\":[\"$QUOTE\"]}"));
    }

    private static Stream<Row> lookups() {
        String path = "/v1/mint/quote/ehash/pubkey";
        String key = "{\"pubkeys\":[\"$KEY\"],";
        return Stream.of(
                new Row(
                        "no keys",
                        path,
                        "{\"pubkeys\":[],\"pubkey_signatures\":[],\"timestamp\":$NOW}",
                        ErrorCode.LOOKUP_INVALID),
                new Row(
                        "a key off the curve",
                        path,
                        "{\"pubkeys\":[\"" + NO_POINT + "\"],\"pubkey_signatures\":[\"\"],\"timestamp\":$NOW}",
                        ErrorCode.QUOTE_KEY_REQUIRED),
                new Row(
                        "a key twice",
                        path,
                        "{\"pubkeys\":[\"$KEY\",\"$KEY\"],\"pubkey_signatures\":[\"\",\"\"],\"timestamp\":$NOW}",
                        ErrorCode.LOOKUP_INVALID),
                new Row(
                        "too many keys",
                        path,
                        "{\"pubkeys\":" + many("\"" + POINT + "\"", "[", "]", 51) + ",\"pubkey_signatures\":"
                                + many("\"\"", "[", "]", 51) + ",\"timestamp\":$NOW}",
                        ErrorCode.MAX_BATCH_SIZE_EXCEEDED),
                new Row(
                        "no signatures",
                        path,
                        key + "\"pubkey_signatures\":[],\"timestamp\":$NOW}",
                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                new Row(
                        "another's signature",
                        path,
                        "{\"pubkeys\":[\"" + OTHER_POINT
                                + "\"],\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$NOW}",
                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                new Row(
                        "a signature of another time",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$SOON}",
                        ErrorCode.QUOTE_SIGNATURE_INVALID),
                new Row(
                        "an old time",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":1}",
                        ErrorCode.LOOKUP_INVALID),
                invalid(
                        "a time that is no number",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":\"$NOW\"}"),
                invalid("a negative time", path, key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":-1}"),
                invalid(
                        "a negative limit",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$NOW,\"limit\":-1}"),
                new Row(
                        "a limit of 0",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$NOW,\"limit\":0}",
                        ErrorCode.LOOKUP_INVALID),
                new Row(
                        "a cursor of nobody",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$NOW,\"cursor\":\"AAAA\"}",
                        ErrorCode.LOOKUP_INVALID),
                invalid(
                        "only_mintable as text",
                        path,
                        key + "\"pubkey_signatures\":[\"$LOOKUP\"],\"timestamp\":$NOW,\"only_mintable\":\"yes\"}"));
    }

    private static Stream<Row> states() {
        String path = "/v1/checkstate";
        return Stream.of(
                invalid("a Y that is no text", path, "{\"Ys\":[7]}"),
                invalid("a Y off the curve", path, "{\"Ys\":[\"" + NO_POINT + "\"]}"),
                invalid("a name in lower case", path, "{\"ys\":[]}"),
                new Row(
                        "too many",
                        path,
                        "{\"Ys\":" + many("\"" + POINT + "\"", "[", "]", 1001) + "}",
                        ErrorCode.MAX_INPUTS_EXCEEDED));
    }

    private static Stream<Row> restores() {
        return outputs("/v1/restore", "{", ErrorCode.REQUEST_INVALID).filter(row -> !row.what.equals("no outputs"));
    }

    private static Stream<Row> melts() {
        return Stream.of(
                invalid("disabled", "/v1/melt/quote/bolt11", "{\"request\":\"lnbc\",\"unit\":\"hash\"}"),
                invalid("disabled", "/v1/melt/bolt11", "{}"),
                invalid("disabled", "/v1/melt/ehash", "no JSON"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldRefuseWithTheRightCodeWhenSomethingIsWrong(Row row) throws Exception {
        Instant before = Instant.now();

        HttpResponse<String> answer = post(row.path, filled(row.body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer);
        assertThat(error.path("code").asInt(-1)).as(answer.body()).isEqualTo(row.code.number());
        assertThat(error.path("detail").asText()).isNotEmpty().hasSizeLessThan(400);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    private String filled(String body) throws Exception {
        String filled = body.replace("$KEYSET", keyset())
                .replace("$POINT", POINT)
                .replace("$KEY", owner().toString())
                .replace("$NOW", Long.toString(now().getEpochSecond()))
                .replace("$SOON", Long.toString(now().getEpochSecond() + 1))
                .replace("$LOOKUP", lookupSignature());
        if (!filled.contains("$QUOTE")) {
            return filled;
        }
        StoredQuote quote = paidQuote(1);
        List<BlindedMessage> outputs =
                List.of(Values.blindedMessage(JsonText.read(output(keyset()).replace("$POINT", POINT), 1000)));
        return filled.replace("$QUOTE", quote.id().toString()).replace("$SIGNATURE", signature(quote, outputs));
    }

    private String keyset() throws Exception {
        return done(get("/v1/keysets")).path("keysets").path(0).path("id").asText();
    }

    static Row invalid(String what, String path, String body) {
        return new Row(what, path, body, ErrorCode.REQUEST_INVALID);
    }

    private static Row row(String what, String path, String before, String output, ErrorCode code) {
        return new Row(what, path, before + "\"outputs\":[" + output + "]}", code);
    }

    private static String output(String keyset) {
        return "{\"amount\":8,\"id\":\"" + keyset + "\",\"B_\":\"$POINT\"}";
    }

    static String many(String each, String before, String after, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> each.replace("%d", Integer.toString(number)))
                .collect(Collectors.joining(",", before, after));
    }
}
