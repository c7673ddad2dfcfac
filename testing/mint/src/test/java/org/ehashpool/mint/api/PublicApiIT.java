package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wallet does. */
final class PublicApiIT extends ApiScenario {

    @Test
    void shouldPublishActiveKeysAndAllKeysetsWhenRotated() throws Exception {
        String old = done(get("/v1/keys")).path("keysets").path(0).path("id").asText();
        rotateKeyset();

        KeysAnswer keys = KeysAnswer.read(JsonText.read(get("/v1/keys").body(), 100_000));
        assertThat(keys.keysets()).hasSize(1);
        assertThat(keys.keysets().getFirst().keyset().hasItsOwnId()).isTrue();
        assertThat(keys.keysets().getFirst().keyset().keys().byAmount()).hasSize(64);
        String now = keys.keysets().getFirst().keyset().id().toString();
        assertThat(now).isNotEqualTo(old);
        assertThat(done(get("/v1/keysets")).path("keysets"))
                .extracting(keyset ->
                        keyset.path("id").asText() + " " + keyset.path("active").asBoolean())
                .containsExactly(old + " false", now + " true");
        JsonNode inactive = done(get("/v1/keys/" + old)).path("keysets").path(0);
        assertThat(inactive.path("active").asBoolean(true)).isFalse();
        assertThat(inactive.path("keys")).hasSize(64);
    }

    @Test
    void shouldTellWhatItCanAndNothingElseWhenAskedForInfo() throws Exception {
        JsonNode info = done(get("/v1/info"));

        assertThat(info.path("name").asText()).isEqualTo("A mint");
        assertThat(info.path("pubkey").asText())
                .isEqualTo(openedMint().publicKey().toString());
        assertThat(info.path("version").asText()).isEqualTo("ehashpool/1.2.3");
        assertThat(info.path("time").asLong()).isEqualTo(now().getEpochSecond());
        assertThat(info.path("motd").asText()).isEqualTo("hello");
        assertThat(info.path("icon_url").asText()).isEqualTo("https://mint.example/icon.png");
        assertThat(info.path("contact")).hasToString("[{\"method\":\"email\",\"info\":\"me@mint.example\"}]");
        assertThat(info.has("tos_url")).isFalse();
        JsonNode nuts = info.path("nuts");
        assertThat(nuts.path("4"))
                .hasToString("{\"methods\":[{\"method\":\"ehash\",\"unit\":\"hash\"}],\"disabled\":false}");
        assertThat(nuts.path("5")).hasToString("{\"methods\":[],\"disabled\":true}");
        assertThat(nuts.path("19").path("ttl").isNull()).isTrue();
        assertThat(nuts.path("29")).hasToString("{\"max_batch_size\":100,\"methods\":[\"ehash\"]}");
        List<String> numbers = new ArrayList<>();
        nuts.fieldNames().forEachRemaining(numbers::add);
        assertThat(numbers).containsExactly("4", "5", "7", "9", "10", "11", "12", "14", "20", "17", "19", "29");
    }

    @Test
    void shouldMintSwapAndFindEverythingAgainWhenAWalletAsks() throws Exception {
        StoredQuote quote = paidQuote(12);
        JsonNode before = done(get("/v1/mint/quote/ehash/" + quote.id()));
        assertThat(before.path("state").asText()).isEqualTo("PAID");
        assertThat(before.path("amount_paid").asLong()).isEqualTo(12);
        assertThat(before.path("pubkey").asText()).isEqualTo(owner().toString());
        List<BlindedMessage> outputs = outputs(8, 4);
        String request = "{\"quote\":\"%s\",\"outputs\":%s,\"signature\":\"%s\"}"
                .formatted(quote.id(), array(outputs), signature(quote, outputs));

        JsonNode minted = done(post("/v1/mint/ehash", request));

        assertThat(SignaturesAnswer.read(JsonText.read(minted.toString(), 10_000))
                        .signatures())
                .hasSize(2);
        assertThat(done(post("/v1/mint/ehash", request))).isEqualTo(minted);
        JsonNode after = done(get("/v1/mint/quote/ehash/" + quote.id()));
        assertThat(after.path("state").asText()).isEqualTo("ISSUED");
        assertThat(after.path("updated_at").asLong())
                .isGreaterThan(before.path("updated_at").asLong());
        JsonNode restored = done(post("/v1/restore", "{\"outputs\":" + array(outputs) + "}"));
        assertThat(restored.path("signatures")).isEqualTo(minted.path("signatures"));
        assertThat(restored.path("outputs")).hasSize(2);

        List<Proof> inputs = minted(8, 4);
        String y = inputs.getFirst().y().toString();
        assertThat(done(post("/v1/checkstate", "{\"Ys\":[\"" + y + "\"]}")).path("states"))
                .hasToString("[{\"Y\":\"" + y + "\",\"state\":\"UNSPENT\",\"witness\":null}]");
        String swap = "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(inputs), array(outputs(4, 8)));
        JsonNode swapped = done(post("/v1/swap", swap));
        assertThat(done(post("/v1/swap", swap))).isEqualTo(swapped);
        assertThat(done(post("/v1/checkstate", "{\"Ys\":[\"" + y + "\"]}"))
                        .path("states")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("SPENT");
        refused(
                post("/v1/swap", "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(inputs), array(outputs(4, 8)))),
                ErrorCode.PROOFS_SPENT);
    }

    @Test
    void shouldCheckAndMintManyAtOnceWhenTheyAreABatch() throws Exception {
        StoredQuote one = paidQuote(4);
        StoredQuote other = paidQuote(2);
        String ids = "[\"" + other.id() + "\",\"" + one.id() + "\"]";

        JsonNode checked = done(post("/v1/mint/quote/ehash/check", "{\"quotes\":" + ids + "}"));
        assertThat(checked)
                .extracting(quote -> quote.path("quote").asText())
                .containsExactly(other.id().toString(), one.id().toString());

        List<BlindedMessage> outputs = outputs(4, 2);
        JsonNode minted = done(post(
                "/v1/mint/ehash/batch",
                "{\"quotes\":%s,\"quote_amounts\":[2,4],\"outputs\":%s,\"signatures\":[\"%s\",\"%s\"]}"
                        .formatted(ids, array(outputs), signature(other, outputs), signature(one, outputs))));
        assertThat(minted.path("signatures")).hasSize(2);
    }

    @Test
    void shouldFindQuotesByKeyPageByPageWhenTheKeyHasSigned() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(paidQuote(1).id().toString());
        }
        String request = "{\"pubkeys\":[\"%s\"],\"pubkey_signatures\":[\"%s\"],\"timestamp\":%d,\"limit\":2,"
                        .formatted(owner(), lookupSignature(), now().getEpochSecond())
                + "\"cursor\":%s}";

        JsonNode first = done(post("/v1/mint/quote/ehash/pubkey", request.formatted("null")));
        JsonNode second = done(post(
                "/v1/mint/quote/ehash/pubkey",
                request.formatted(first.path("next_cursor").toString())));

        List<String> found = new ArrayList<>();
        first.path("quotes").forEach(quote -> found.add(quote.path("quote").asText()));
        second.path("quotes").forEach(quote -> found.add(quote.path("quote").asText()));
        assertThat(found).isEqualTo(made);
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/mint/quote/ehash",
                "/v1/mint/quote/ehash/",
                "/v1/mint/quote/EHASH",
                "/v1/mint/quote/Ehash",
                "/v1/mint/quote/%65hash",
                "/v1/mint/quote/%65%68%61%73%68",
                "/v1//mint/quote//ehash",
                "//v1/mint/quote/ehash",
                "/v1/./mint/quote/ehash",
                "/v1/mint/quote/x/../ehash",
                "/v1/mint/quote/%45HASH",
                "/v1/mint/quote/ehash?method=bolt11",
                "/v1/mint/quote/ehash%20",
                "/v1/mint/quote/ehash%2F",
                "/V1/MINT/QUOTE/EHASH",
                "/v1/mint/quote%2Fehash",
                "/v1/mint/quote/bolt11"
            })
    void shouldMakeNoQuoteInAnySpellingWhenAWalletAsks(String path) throws Exception {
        HttpResponse<String> answer = post(path, "{\"unit\":\"hash\",\"amount\":1000}");

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(json(answer).path("detail").asText()).isNotEmpty();
        assertThat(openedMint()
                        .operate(operator ->
                                operator.liabilities().units().getFirst().sums().paid())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get())
                .isZero();
    }

    @Test
    void shouldSayThatMintingIsNotForWalletsWhenAQuoteOfTheMethodEhashIsAskedFor() throws Exception {
        refused(post("/v1/mint/quote/ehash", "{\"unit\":\"hash\",\"amount\":1}"), ErrorCode.MINTING_DISABLED);
        refused(post("/v1/mint/quote/EHASH", "no JSON at all"), ErrorCode.MINTING_DISABLED);
    }

    @Test
    void shouldLetPagesOfEveryOriginAskWhenABrowserWantsToKnow() throws Exception {
        HttpResponse<String> preflight = send(HttpRequest.newBuilder(url("/v1/swap"))
                .header("Origin", "https://wallet.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, POST, OPTIONS");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("*");
        assertThat(get("/v1/nothing").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(get("/v1/info").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    @Test
    void shouldAnswerWhatIsStoredAndRefuseTheRestWhenTheMintIsReadOnly() throws Exception {
        List<Proof> inputs = minted(8);
        String before = "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(inputs), array(outputs(8)));
        JsonNode answer = done(post("/v1/swap", before));
        List<Proof> others = minted(4);
        loseCommits();

        assertThat(done(post("/v1/swap", before))).isEqualTo(answer);
        refused(
                post("/v1/swap", "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(others), array(outputs(4)))),
                ErrorCode.MINTING_DISABLED);
    }

    private static void refused(HttpResponse<String> answer, ErrorCode code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt()).as(answer.body()).isEqualTo(code.number());
    }
}
