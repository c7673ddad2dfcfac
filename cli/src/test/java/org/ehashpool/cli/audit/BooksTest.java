package org.ehashpool.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class BooksTest {
    private static final String MINT = """
            {"units":[{"unit":"hash","quotes":2,
              "ledger":{"paid":"15","issued":"12","signed":"19","spent":"8","fees":"1","melted":"0"},
              "rows":{"paid":"15","issued":"12","signed":"19","spent":"8","fees":"1","melted":"0"},
              "minted":"12","swapped_in":"8","swapped":"7"}],
             "quotes_off":0,"operations_off":0,"swaps_off":0}""";

    private static final String POOL = """
            {"units":[{"unit":"hash","shares":3,"credited":"20","unordered":"4","bound":"1","quoted":"15"}],
             "keyless":1,"orders_off":0,"orders_without_mint":0,"reassigned":0,"sums_off":0}""";

    @Test
    void shouldFindNothingWhenBooksAgree() throws Exception {
        assertThat(Books.ofMint(read(MINT))).isEmpty();
        assertThat(Books.ofPool(read(POOL))).isEmpty();
    }

    @Test
    void shouldNameASumThatIsNotThatOfTheRows() throws Exception {
        ObjectNode books = (ObjectNode) read(MINT);
        ((ObjectNode) books.at("/units/0/rows")).put("signed", "20");

        assertThat(Books.ofMint(books)).extracting(Difference::kind).containsExactly("mint-ledger", "mint-sums");
    }

    @Test
    void shouldNameWhatIsIssuedBeyondWhatWasPaid() throws Exception {
        String books = MINT.replace("\"paid\":\"15\"", "\"paid\":\"11\"");

        assertThat(Books.ofMint(read(books)))
                .extracting(Difference::detail)
                .containsExactly("more is issued than paid");
    }

    @Test
    void shouldNameCountersThatAreOff() throws Exception {
        assertThat(Books.ofMint(read(MINT.replace("\"swaps_off\":0", "\"swaps_off\":2"))))
                .extracting(Difference::kind)
                .containsExactly("mint-swaps");
        assertThat(Books.ofPool(read(POOL.replace("\"orders_off\":0", "\"orders_off\":1"))))
                .extracting(Difference::kind)
                .containsExactly("pool-orders");
        assertThat(Books.ofPool(read(POOL.replace("\"quoted\":\"15\"", "\"quoted\":\"16\""))))
                .extracting(Difference::kind)
                .containsExactly("pool-sums");
    }

    @Test
    void shouldRefuseWhatIsNoExtract() {
        assertThatThrownBy(() -> Books.ofMint(read("{}"))).hasMessageContaining("no books");
    }

    private static JsonNode read(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }
}
