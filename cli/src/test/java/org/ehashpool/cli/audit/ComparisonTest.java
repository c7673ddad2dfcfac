package org.ehashpool.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final String MINT = "aa".repeat(32);
    private static final long CUT = 1_000;

    private final Comparison comparison = new Comparison(MINT, CUT);

    @Test
    void shouldFindNoDifferenceWhenEachOrderHasItsQuote() {
        run(List.of(order(1, "quoted"), order(2, "quoted")), List.of(quote(2), quote(1)));

        assertThat(comparison.differing()).isZero();
        assertThat(comparison.matched()).isEqualTo(2);
        assertThat(comparison.matchedAmount()).isEqualTo("36893488147419103230");
    }

    @Test
    void shouldCountApartWhatIsOnItsWay() {
        MintQuote newer = new MintQuote(hash(4), "q4", 1, "hash", "key", "5", "0", CUT + 1);
        run(List.of(order(1, "bound"), order(2, "bound"), order(3, "refused")), List.of(quote(2), newer));

        assertThat(comparison.differing()).isZero();
        assertThat(comparison.inFlight()).isEqualTo(1);
        assertThat(comparison.answersLost()).isEqualTo(1);
        assertThat(comparison.refused()).isEqualTo(1);
        assertThat(comparison.later()).isEqualTo(1);
    }

    @Test
    void shouldNameAQuoteThatTheMintHasNot() {
        run(List.of(order(1, "quoted"), order(2, "quoted")), List.of(quote(2)));

        assertThat(comparison.differences()).extracting(Difference::kind).containsExactly("quote-missing");
    }

    @Test
    void shouldNameAQuoteThatWasNeverOrdered() {
        run(List.of(order(2, "quoted")), List.of(quote(1), quote(2)));

        assertThat(comparison.differences()).extracting(Difference::kind).containsExactly("quote-without-order");
    }

    @Test
    void shouldNameAQuoteOfAnotherAmountUnitKeyOrName() {
        run(
                List.of(order(1, "quoted"), order(2, "quoted"), order(3, "bound"), order(4, "quoted")),
                List.of(
                        new MintQuote(hash(1), "q1", 1, "hash", "key", "7", "0", 0),
                        new MintQuote(hash(2), "q2", 1, "sat", "key", AMOUNT, "0", 0),
                        new MintQuote(hash(3), "q3", 1, "hash", "other", AMOUNT, "0", 0),
                        new MintQuote(hash(4), "q5", 1, "hash", "key", AMOUNT, "0", 0)));

        assertThat(comparison.differences())
                .extracting(Difference::kind)
                .containsExactly("quote-differs", "quote-differs", "quote-differs", "quote-differs");
        assertThat(comparison.matched()).isZero();
    }

    @Test
    void shouldNameAQuoteWhoseOrderIsAnotherMints() {
        PoolOrder elsewhere = new PoolOrder(hash(1), "bb".repeat(32), "quoted", "q", 1, AMOUNT, "hash", "key");
        run(List.of(elsewhere), List.of(quote(1)));

        assertThat(comparison.differences()).extracting(Difference::kind).containsExactly("paid-twice");
    }

    @Test
    void shouldNotCompareOrdersOfOtherMints() {
        PoolOrder elsewhere = new PoolOrder(hash(1), "bb".repeat(32), "quoted", "q", 1, AMOUNT, "hash", "key");
        run(List.of(elsewhere), List.of());

        assertThat(comparison.differing()).isZero();
        assertThat(comparison.elsewhere()).isEqualTo(1);
    }

    private static final String AMOUNT = "18446744073709551615";

    private void run(List<PoolOrder> orders, List<MintQuote> quotes) {
        comparison.run(
                sorted(orders.stream()).iterator(), sorted(quotes.stream()).iterator());
    }

    private static <T extends Extracted> List<T> sorted(Stream<T> lines) {
        return lines.sorted(Comparator.comparing(Extracted::shareHash)).toList();
    }

    private static ShareHash hash(int number) {
        return new ShareHash("%02x".formatted(9 - number) + "00".repeat(30) + "%02x".formatted(number));
    }

    private static PoolOrder order(int number, String state) {
        return new PoolOrder(
                hash(number), MINT, state, state.equals("quoted") ? "q" + number : "", 1, AMOUNT, "hash", "key");
    }

    private static MintQuote quote(int number) {
        return new MintQuote(hash(number), "q" + number, 1, "hash", "key", AMOUNT, "0", 0);
    }
}
