package org.ehashpool.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DemoFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode shares(int accepted, int rejected) {
        return JSON.createObjectNode()
                .set("shares", JSON.createObjectNode().put("accepted", accepted).put("rejected", rejected));
    }

    @Test
    void shouldTellEverybodysCountsApart() {
        DemoFigures figures = DemoFigures.of(
                shares(7, 1),
                shares(6, 2),
                MissingNode.getInstance(),
                JSON.createObjectNode().put("shares_accepted", 5).put("shares_rejected", 3));

        assertThat(figures.pool()).isEqualTo(new DemoFigures.Shares(7, 1));
        assertThat(figures.translator()).contains(new DemoFigures.Shares(6, 2));
        assertThat(figures.miner()).isEqualTo(new DemoFigures.Shares(5, 3));
        assertThat(figures.summary()).contains("miner 5, translator 6, pool 7;", "rejected by the pool 1");
    }

    @Test
    void shouldKnowOfNoTranslatorWhereThereIsNone() {
        DemoFigures figures = DemoFigures.of(
                shares(7, 0), MissingNode.getInstance(), MissingNode.getInstance(), JSON.createObjectNode());

        assertThat(figures.translator()).isEmpty();
        assertThat(figures.summary()).contains("miner 0, pool 7;");
    }

    @Test
    void shouldAddUpTheWalletOverItsMintsAndUnits() throws Exception {
        JsonNode wallet = JSON.readTree("""
                {"mints":[{"quotes_claimed":3},{"quotes_claimed":4}],
                 "balances":[{"unspent":"18446744073709551615"},{"unspent":"1"}]}""");

        DemoFigures figures = DemoFigures.of(shares(7, 0), shares(7, 0), wallet, JSON.createObjectNode());

        assertThat(figures.purse()).contains(new DemoFigures.Purse(7, new BigInteger("18446744073709551616")));
        assertThat(figures.line(1)).contains("quotes minted 7  ehash 18446744073709551616");
        assertThat(figures.summary()).contains("cannot be exchanged for bitcoin yet");
    }
}
