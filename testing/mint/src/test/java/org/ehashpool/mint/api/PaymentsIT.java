package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.invoice.Invoice;
import org.ehashpool.mint.invoice.InvoiceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invoices and their payment, in the test profile. */
final class PaymentsIT extends ApiScenario {

    /** Somebody else's node. */
    private final InvoiceWriter elsewhere = new InvoiceWriter(new SecureRandom());

    @Override
    protected MintProfile profile() {
        return MintProfile.TEST;
    }

    @AfterEach
    void books() throws Exception {
        assertBooks();
    }

    @Test
    void shouldMintWhenTheInvoiceHasPaidItself() throws Exception {
        JsonNode quote = done(
                post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":100,\"description\":\"for the tests\"}"));

        assertThat(quote.path("state").asText()).isEqualTo("PAID");
        assertThat(quote.path("amount_paid").asLong()).isEqualTo(100);
        assertThat(quote.path("amount").asLong()).isEqualTo(100);
        assertThat(quote.path("unit").asText()).isEqualTo("sat");
        assertThat(quote.path("expiry").asLong()).isEqualTo(now().getEpochSecond() + 86_400);
        assertThat(Invoice.parse(quote.path("request").asText()).satoshis().orElseThrow())
                .isEqualTo(100);
        String request = "{\"quote\":\"%s\",\"outputs\":%s}"
                .formatted(quote.path("quote").asText(), array(outputs(64, 32, 4)));
        JsonNode minted = done(post("/v1/mint/bolt11", request));
        assertThat(minted.path("signatures")).hasSize(3);
        assertThat(done(post("/v1/mint/bolt11", request))).isEqualTo(minted);
        assertThat(done(get("/v1/mint/quote/bolt11/" + quote.path("quote").asText()))
                        .path("state")
                        .asText())
                .isEqualTo("ISSUED");
    }

    @Test
    void shouldMintForNobodyElseWhenTheQuoteIsLocked() throws Exception {
        JsonNode quote = done(
                post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":4,\"pubkey\":\"%s\"}".formatted(owner())));
        String id = quote.path("quote").asText();
        List<BlindedMessage> outputs = outputs(4);

        assertThat(quote.path("pubkey").asText()).isEqualTo(owner().toString());
        refused(
                post("/v1/mint/bolt11", "{\"quote\":\"%s\",\"outputs\":%s}".formatted(id, array(outputs))),
                ErrorCode.QUOTE_SIGNATURE_INVALID);
        done(post(
                "/v1/mint/bolt11",
                "{\"quote\":\"%s\",\"outputs\":%s,\"signature\":\"%s\"}"
                        .formatted(id, array(outputs), signature(id, outputs))));
    }

    @Test
    void shouldRefuseAQuoteWhenWhatIsAskedForIsWrong() throws Exception {
        refusedQuote("{\"unit\":\"hash\",\"amount\":1}", ErrorCode.UNIT_UNSUPPORTED);
        refusedQuote("{\"unit\":\"sat\",\"amount\":0}", ErrorCode.AMOUNT_OUTSIDE_LIMIT);
        refusedQuote("{\"unit\":\"sat\",\"amount\":2100000000000001}", ErrorCode.AMOUNT_OUTSIDE_LIMIT);
        refusedQuote("{\"unit\":\"sat\"}", ErrorCode.REQUEST_INVALID);
        refusedQuote("{\"unit\":\"sat\",\"amount\":1,\"pubkey\":\"02\"}", ErrorCode.QUOTE_KEY_REQUIRED);
        refused(post("/v1/mint/quote/ehash", "{\"unit\":\"sat\",\"amount\":1}"), ErrorCode.MINTING_DISABLED);
        limit("sat", 10);
        refusedQuote("{\"unit\":\"sat\",\"amount\":11}", ErrorCode.AMOUNT_OUTSIDE_LIMIT);
        done(post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":10}"));
        refusedQuote("{\"unit\":\"sat\",\"amount\":1}", ErrorCode.AMOUNT_OUTSIDE_LIMIT);
        loseCommits();
        refusedQuote("{\"unit\":\"sat\",\"amount\":1}", ErrorCode.MINTING_DISABLED);
    }

    @Test
    void shouldGiveChangeAndAnswerTheSameWhenAnInvoiceIsPaid() throws Exception {
        List<Proof> proofs = bought(64, 32, 4);
        JsonNode quote = meltQuote(invoice(9));
        assertThat(quote.path("state").asText()).isEqualTo("UNPAID");
        assertThat(quote.path("amount").asLong()).isEqualTo(9);
        assertThat(quote.path("fee_reserve").asLong()).isEqualTo(2);
        assertThat(quote.path("payment_preimage").isNull()).isTrue();
        String id = quote.path("quote").asText();
        String request = melt(id, proofs, outputs(0, 0, 0, 0, 0));

        JsonNode paid = done(post("/v1/melt/bolt11", request));

        assertThat(paid.path("state").asText()).isEqualTo("PAID");
        assertThat(paid.path("payment_preimage").asText()).matches("[0-9a-f]{64}");
        assertThat(paid.path("change"))
                .extracting(signature -> signature.path("amount").asLong())
                .containsExactly(64L, 16L, 8L, 2L);
        assertThat(done(get("/v1/melt/quote/bolt11/" + id))).isEqualTo(paid);
        rotate("sat", 0);
        assertThat(done(post("/v1/melt/bolt11", request))).isEqualTo(paid);
        assertThat(done(post(
                                "/v1/checkstate",
                                "{\"Ys\":[\"%s\"]}".formatted(proofs.getFirst().y())))
                        .path("states")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("SPENT");
        refused(post("/v1/melt/bolt11", melt(id, bought(16), List.of())), ErrorCode.INVOICE_PAID);
        refused(post("/v1/melt/bolt11", melt(other(), proofs, List.of())), ErrorCode.PROOFS_SPENT);
    }

    @Test
    void shouldKeepTheInputFeeAndWhatHasNoOutputWhenAnInvoiceIsPaid() throws Exception {
        rotate("sat", 500);
        List<Proof> proofs = bought(16, 8, 1);
        String id = meltQuote(invoice(12)).path("quote").asText();

        JsonNode paid = done(post("/v1/melt/bolt11", melt(id, proofs, outputs(1))));

        // 25 less 12, 1 for the payment and 2 for three inputs: 10, of which one output holds 8.
        assertThat(paid.path("change"))
                .extracting(signature -> signature.path("amount").asLong())
                .containsExactly(8L);
    }

    @Test
    void shouldPayAnInvoiceOnceWhenThereAreTwoQuotesForIt() throws Exception {
        String invoice = invoice(5);
        String one = meltQuote(invoice).path("quote").asText();
        String other = meltQuote(invoice).path("quote").asText();
        done(post("/v1/melt/bolt11", melt(one, bought(8), List.of())));
        List<Proof> proofs = bought(8);

        refused(post("/v1/melt/bolt11", melt(other, proofs, List.of())), ErrorCode.INVOICE_PAID);

        done(post("/v1/swap", "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(proofs), array(outputs(8)))));
        assertThat(done(get("/v1/melt/quote/bolt11/" + other)).path("state").asText())
                .isEqualTo("UNPAID");
    }

    @Test
    void shouldPayOnceWhenManyWantToAtOnce() throws Exception {
        String invoice = invoice(5);
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String id = meltQuote(invoice).path("quote").asText();
            for (int j = 0; j < 4; j++) {
                String request = melt(id, bought(8), outputs(1));
                requests.add(() -> post("/v1/melt/bolt11", request));
            }
        }
        int done = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(requests)) {
                if (answer.get().statusCode() == 200) {
                    done++;
                } else {
                    assertThat(json(answer.get()).path("code").asInt())
                            .isIn(ErrorCode.INVOICE_PAID.number(), ErrorCode.QUOTE_PENDING.number());
                }
            }
        }
        assertThat(done).isEqualTo(1);
    }

    @Test
    void shouldRefuseAMeltQuoteWhenItsInvoiceIsWrong() throws Exception {
        refusedMeltQuote("lnbc1", "sat", "", ErrorCode.REQUEST_INVALID);
        refusedMeltQuote(invoice(1), "hash", "", ErrorCode.UNIT_UNSUPPORTED);
        refusedMeltQuote(invoice(1), "sat", ",\"options\":{\"mpp\":{\"amount\":1}}", ErrorCode.REQUEST_INVALID);
        refusedMeltQuote(
                invoice(1),
                "sat",
                ",\"options\":{\"amountless\":{\"amount_msat\":1}}",
                ErrorCode.AMOUNTLESS_INVOICE_UNSUPPORTED);
        String own = done(post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":1}"))
                .path("request")
                .asText();
        refusedMeltQuote(own, "sat", "", ErrorCode.INVOICE_PAID);
        refusedMeltQuote(own.toUpperCase(Locale.ROOT), "sat", "", ErrorCode.INVOICE_PAID);
        refused(post("/v1/melt/quote/bolt12", "{}"), ErrorCode.REQUEST_INVALID);
        refused(get("/v1/melt/quote/bolt11/" + "0".repeat(36)), ErrorCode.QUOTE_UNKNOWN);
    }

    @Test
    void shouldRefuseAMeltWhenItDoesNotFitItsQuote() throws Exception {
        String id = meltQuote(invoice(6)).path("quote").asText();
        List<Proof> proofs = bought(8);
        List<BlindedMessage> signed = outputs(4);
        String quote = done(post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":4}"))
                .path("quote")
                .asText();
        done(post("/v1/mint/bolt11", "{\"quote\":\"%s\",\"outputs\":%s}".formatted(quote, array(signed))));

        refused(
                post("/v1/melt/bolt11", melt("0192f3a4-7b3c-7d5e-8f6a-000000000001", proofs, List.of())),
                ErrorCode.QUOTE_UNKNOWN);
        refused(post("/v1/melt/bolt11", melt("no id", proofs, List.of())), ErrorCode.QUOTE_UNKNOWN);
        refused(post("/v1/melt/bolt11", melt(id, List.of(), List.of())), ErrorCode.TRANSACTION_UNBALANCED);
        refused(post("/v1/melt/bolt11", melt(id, bought(4), List.of())), ErrorCode.TRANSACTION_UNBALANCED);
        refused(
                post("/v1/melt/bolt11", melt(id, List.of(proofs.getFirst(), proofs.getFirst()), List.of())),
                ErrorCode.DUPLICATE_INPUTS);
        refused(post("/v1/melt/bolt11", melt(id, proofs, signed)), ErrorCode.OUTPUTS_SIGNED);
        List<BlindedMessage> output = outputs(0);
        refused(
                post("/v1/melt/bolt11", melt(id, proofs, List.of(output.getFirst(), output.getFirst()))),
                ErrorCode.DUPLICATE_OUTPUTS);
        List<BlindedMessage> old = outputs(0);
        rotate("sat", 0);
        refused(post("/v1/melt/bolt11", melt(id, proofs, old)), ErrorCode.KEYSET_INACTIVE);
        advance(Duration.ofHours(2));
        refused(post("/v1/melt/bolt11", melt(id, proofs, List.of())), ErrorCode.QUOTE_EXPIRED);
    }

    @Test
    void shouldTellEveryStateWhenAMeltQuoteIsWatched() throws Exception {
        String id = meltQuote(invoice(5)).path("quote").asText();
        SocketWallet wallet = connect();
        wallet.subscribe(1, "melt", "bolt11_melt_quote", id);
        wallet.next();
        assertThat(SocketWallet.payload(wallet.next()).path("state").asText()).isEqualTo("UNPAID");

        JsonNode paid = done(post("/v1/melt/bolt11", melt(id, bought(8), outputs(0))));

        assertThat(SocketWallet.payload(wallet.next()).path("state").asText()).isEqualTo("PENDING");
        assertThat(SocketWallet.payload(wallet.next())).isEqualTo(paid);
        wallet.hearsNothing();
    }

    @Test
    void shouldTellWhatItCanWhenAskedForInfo() throws Exception {
        JsonNode nuts = done(get("/v1/info")).path("nuts");

        assertThat(nuts.path("4").path("methods").path(0).path("method").asText())
                .isEqualTo("bolt11");
        assertThat(nuts.path("4").path("methods").path(0).path("unit").asText()).isEqualTo("sat");
        assertThat(nuts.path("5").path("disabled").asBoolean(true)).isFalse();
        assertThat(nuts.path("5").path("methods")).hasSize(1);
        assertThat(nuts.path("8").path("supported").asBoolean()).isTrue();
        assertThat(nuts.path("17").path("supported").path(0).path("commands"))
                .extracting(JsonNode::asText)
                .containsExactly("bolt11_mint_quote", "proof_state", "bolt11_melt_quote");
    }

    private String invoice(long amount) {
        return elsewhere.write(Amount.of(amount), "", now(), 60);
    }

    private String other() throws Exception {
        return meltQuote(invoice(5)).path("quote").asText();
    }

    private JsonNode meltQuote(String invoice) throws Exception {
        return done(post("/v1/melt/quote/bolt11", "{\"request\":\"%s\",\"unit\":\"sat\"}".formatted(invoice)));
    }

    private static String melt(String quote, List<Proof> inputs, List<BlindedMessage> outputs) {
        return "{\"quote\":\"%s\",\"inputs\":%s,\"outputs\":%s}".formatted(quote, proofs(inputs), array(outputs));
    }

    private void refusedQuote(String request, ErrorCode code) throws Exception {
        refused(post("/v1/mint/quote/bolt11", request), code);
    }

    private void refusedMeltQuote(String invoice, String unit, String options, ErrorCode code) throws Exception {
        refused(
                post(
                        "/v1/melt/quote/bolt11",
                        "{\"request\":\"%s\",\"unit\":\"%s\"%s}".formatted(invoice, unit, options)),
                code);
    }

    private static void refused(HttpResponse<String> answer, ErrorCode code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt()).as(answer.body()).isEqualTo(code.number());
    }
}
