package org.ehashpool.poolstats.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.QuoteCounters;
import org.ehashpool.statistics.earnings.Earnings;
import org.junit.jupiter.api.Test;

final class QuoteSumTest {
    private static final PublicKey FIRST = SecretKey.parse("51".repeat(32)).publicKey();
    private static final PublicKey SECOND = SecretKey.parse("52".repeat(32)).publicKey();
    private static final String LARGEST = "18446744073709551615";

    private final QuoteSum sum = new QuoteSum(List.of(FIRST, SECOND));

    static QuoteAnswer quote(String id, PublicKey key, String unit, String paid, String issued, long updatedAt) {
        return new QuoteAnswer(
                id,
                "ehash",
                "00".repeat(32),
                unit,
                Optional.of(Amount.parse(paid)),
                OptionalLong.empty(),
                Optional.of(key),
                new QuoteCounters(Amount.parse(paid), Amount.parse(issued), updatedAt));
    }

    @Test
    void shouldAddUpExactlyByKeyAndUnitWhenAmountsAreBeyondLongs() {
        sum.add(List.of(quote("a", FIRST, "hash", LARGEST, "0", 1), quote("b", FIRST, "sat", "7", "7", 2)));
        sum.add(List.of(quote("c", FIRST, "hash", LARGEST, "1", 3)));

        assertThat(sum.keys().getFirst().totals())
                .containsExactly(
                        new Earnings.Total(
                                "hash",
                                2,
                                new BigInteger(LARGEST).shiftLeft(1),
                                BigInteger.ONE,
                                new BigInteger(LARGEST).shiftLeft(1).subtract(BigInteger.ONE)),
                        new Earnings.Total("sat", 1, BigInteger.valueOf(7), BigInteger.valueOf(7), BigInteger.ZERO));
        assertThat(sum.keys()).extracting(Earnings.OfKey::key).containsExactly(FIRST.toString(), SECOND.toString());
        assertThat(sum.keys().getLast().totals()).isEmpty();
    }

    @Test
    void shouldKeepTheTwentyThatChangedLastWhenThereAreMore() {
        sum.add(IntStream.rangeClosed(1, 50)
                .mapToObj(number -> quote("q" + number, FIRST, "hash", "2", "1", number))
                .toList());

        List<Earnings.Quote> latest = sum.keys().getFirst().latest();

        assertThat(latest).hasSize(20);
        assertThat(latest.getFirst())
                .isEqualTo(
                        new Earnings.Quote("q50", "hash", BigInteger.TWO, BigInteger.ONE, Instant.ofEpochSecond(50)));
        assertThat(latest.getLast().id()).isEqualTo("q31");
        assertThat(sum.size()).isEqualTo(50);
    }

    @Test
    void shouldRefuseAQuoteWhenItsKeyWasNotAskedForOrItWasThereBefore() {
        PublicKey stranger = SecretKey.parse("53".repeat(32)).publicKey();
        sum.add(List.of(quote("a", FIRST, "hash", "1", "0", 1)));

        assertThatThrownBy(() -> sum.add(List.of(quote("b", stranger, "hash", "1", "0", 1))))
                .hasMessageContaining("not asked for");
        assertThatThrownBy(() -> sum.add(List.of(quote("a", SECOND, "hash", "1", "0", 1))))
                .hasMessageContaining("there before");
    }
}
