package org.ehashpool.wallet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.wallet.mint.MintFaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenominationsTest {

    private static final PublicKeys ALL = TestProofs.keys(
            IntStream.range(0, Amount.BITS).mapToObj(Amount::powerOfTwo).toList());

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "1000", "9007199254740993", "9223372036854775808", "18446744073709551615"})
    void shouldSplitIntoPowersOfTwoThatSumUp(String text) {
        Amount amount = Amount.parse(text);

        List<Amount> split = Denominations.split(amount, ALL);

        assertThat(split).allMatch(Amount::isPowerOfTwo).doesNotHaveDuplicates();
        assertThat(Amount.sum(split)).contains(amount);
    }

    @Test
    void shouldSplitNothingIntoNothing() {
        assertThat(Denominations.split(Amount.ZERO, ALL)).isEmpty();
    }

    @Test
    void shouldRepeatTheLargestAmountOfAKeysetThatEndsBelow() {
        PublicKeys small = TestProofs.keys(List.of(Amount.of(1), Amount.of(2), Amount.of(4)));

        assertThat(Denominations.split(Amount.of(11), small))
                .containsExactly(Amount.of(4), Amount.of(4), Amount.of(2), Amount.of(1));
    }

    @Test
    void shouldBlameTheMintWhenItsAmountsDoNotReach() {
        PublicKeys even = TestProofs.keys(List.of(Amount.of(2), Amount.of(4)));
        PublicKeys ones = TestProofs.keys(List.of(Amount.ONE));

        assertThatThrownBy(() -> Denominations.split(Amount.of(3), even)).isInstanceOf(MintFaultException.class);
        assertThatThrownBy(() -> Denominations.split(Amount.MAXIMUM, ones)).isInstanceOf(MintFaultException.class);
    }
}
