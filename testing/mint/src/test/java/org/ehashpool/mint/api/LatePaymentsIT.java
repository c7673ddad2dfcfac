package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.mint.core.MintProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invoices that pay themselves after a while. */
final class LatePaymentsIT extends ApiScenario {

    @Override
    protected MintProfile profile() {
        return MintProfile.TEST;
    }

    @Override
    protected Duration paymentDelay() {
        return Duration.ofSeconds(3);
    }

    @AfterEach
    void books() throws Exception {
        assertBooks();
    }

    @Test
    void shouldBePaidOnceWhenItsTimeHasCome() throws Exception {
        String id = quote(8);
        SocketWallet wallet = connect();
        wallet.subscribe(1, "paid?", "bolt11_mint_quote", id);
        wallet.next();
        assertThat(SocketWallet.payload(wallet.next()).path("state").asText()).isEqualTo("UNPAID");
        advance(Duration.ofSeconds(2));
        upkeep();
        JsonNode tooEarly =
                json(post("/v1/mint/bolt11", "{\"quote\":\"%s\",\"outputs\":%s}".formatted(id, array(outputs(8)))));
        assertThat(tooEarly.path("code").asInt()).isEqualTo(ErrorCode.QUOTE_NOT_PAID.number());

        advance(Duration.ofSeconds(1));
        upkeep();
        upkeep();

        JsonNode paid = SocketWallet.payload(wallet.next());
        assertThat(paid.path("state").asText()).isEqualTo("PAID");
        assertThat(paid.path("amount_paid").asLong()).isEqualTo(8);
        wallet.hearsNothing();
    }

    @Test
    void shouldWaitForRoomWhenTheMintOwesAsMuchAsItMay() throws Exception {
        limit("sat", 10);
        String one = quote(8);
        advance(Duration.ofSeconds(1));
        String other = quote(4);
        advance(Duration.ofSeconds(3));
        upkeep();
        assertThat(state(one)).isEqualTo("PAID");
        assertThat(state(other)).isEqualTo("UNPAID");

        limit("sat", 12);
        upkeep();

        assertThat(state(other)).isEqualTo("PAID");
    }

    private String quote(long amount) throws Exception {
        JsonNode quote = done(post("/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":%d}".formatted(amount)));
        assertThat(quote.path("state").asText()).isEqualTo("UNPAID");
        return quote.path("quote").asText();
    }

    private String state(String id) throws Exception {
        return done(get("/v1/mint/quote/bolt11/" + id)).path("state").asText();
    }
}
