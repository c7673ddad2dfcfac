package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehashpool.translator.upstream.ShareBook.Accepted;
import org.ehashpool.translator.upstream.ShareBook.Refused;
import org.ehashpool.translator.upstream.ShareBook.Settlement;
import org.ehashpool.translator.upstream.ShareBook.Unconfirmed;
import org.junit.jupiter.api.Test;

class ShareBookTest {
    private static final long BOUND = 30;

    private final ShareBook<Long> book = new ShareBook<>();

    private void submit(long first, long last, long now) {
        for (long number = first; number <= last; number++) {
            book.submitted(number & 0xffff_ffffL, number & 0xffff_ffffL, now + BOUND);
        }
    }

    private static Settlement<Long> accepted(long share) {
        return new Accepted<>(share, false);
    }

    @Test
    void shouldAcceptAllUpToTheLastWhenTheirNumberIsTheCount() {
        submit(0, 4, 0);

        assertThat(book.accepted(2, 3)).containsExactly(accepted(0), accepted(1), accepted(2));
        assertThat(book.waiting()).isEqualTo(2);
        assertThat(book.accepted(4, 2)).containsExactly(accepted(3), accepted(4));
    }

    @Test
    void shouldAcceptNothingWhenTheCountDiffers() {
        submit(0, 3, 0);

        assertThat(book.accepted(3, 3)).isEmpty();
        assertThat(book.accepted(3, 5)).isEmpty();
        assertThat(book.waiting()).isEqualTo(4);
        assertThat(book.expire(BOUND)).hasSize(4).allMatch(Unconfirmed.class::isInstance);
        assertThat(book.waiting()).isZero();
    }

    @Test
    void shouldAcceptTheRestWhenARefusalExplainsTheCount() {
        submit(0, 3, 0);
        assertThat(book.accepted(3, 3)).isEmpty();

        assertThat(book.refused(1)).containsExactly(new Refused<>(1L, false), accepted(0), accepted(2), accepted(3));
    }

    @Test
    void shouldAddUpCountsWhenAnEarlierOneDidNotAgree() {
        submit(0, 9, 0);
        assertThat(book.accepted(4, 4)).isEmpty();

        assertThat(book.accepted(9, 6)).hasSize(10).allMatch(Accepted.class::isInstance);
    }

    @Test
    void shouldNotTrustALaterCountWhenAnEarlierOneDidNotAgree() {
        submit(0, 9, 0);
        assertThat(book.accepted(4, 4)).isEmpty();

        assertThat(book.accepted(9, 5)).isEmpty();
    }

    @Test
    void shouldTrustAgainWhenWhatDidNotAgreeIsWrittenOff() {
        submit(0, 4, 0);
        assertThat(book.accepted(4, 3)).isEmpty();
        submit(5, 6, 10);
        assertThat(book.accepted(6, 2)).isEmpty();

        List<Settlement<Long>> atTheBound = book.expire(BOUND);

        assertThat(atTheBound.subList(0, 5)).allMatch(Unconfirmed.class::isInstance);
        assertThat(atTheBound.subList(5, 7)).containsExactly(accepted(5), accepted(6));
        submit(7, 7, BOUND);
        assertThat(book.accepted(7, 1)).containsExactly(accepted(7));
    }

    @Test
    void shouldTellLateAnswersWhenTheTimeIsOver() {
        submit(0, 2, 0);
        assertThat(book.expire(BOUND)).hasSize(3);
        submit(3, 3, BOUND);

        assertThat(book.refused(0)).containsExactly(new Refused<>(0L, true));
        assertThat(book.accepted(3, 3))
                .containsExactly(new Accepted<>(1L, true), new Accepted<>(2L, true), accepted(3));
        assertThat(book.expire(10 * BOUND)).isEmpty();
    }

    @Test
    void shouldIgnoreAnswersWhenTheyAreForNothingThatIsOpen() {
        assertThat(book.accepted(0, 1)).isEmpty();
        assertThat(book.refused(0)).isEmpty();
        submit(0, 0, 0);
        assertThat(book.accepted(7, 1)).as("never sent").isEmpty();
        assertThat(book.accepted(0, 1)).containsExactly(accepted(0));
        assertThat(book.accepted(0, 1)).as("a second time").isEmpty();
        assertThat(book.refused(0)).isEmpty();
        submit(1, 1, 0);
        assertThat(book.accepted(1, 1)).as("the repetition is forgotten").containsExactly(accepted(1));
    }

    @Test
    void shouldGoOnWhenSequenceNumbersWrap() {
        submit(0xffff_fffeL, 0x1_0000_0001L, 0);

        assertThat(book.accepted(0xffff_ffffL, 2)).containsExactly(accepted(0xffff_fffeL), accepted(0xffff_ffffL));
        assertThat(book.accepted(1, 2)).containsExactly(accepted(0), accepted(1));
    }

    @Test
    void shouldExpireOnlyWhatIsDue() {
        submit(0, 0, 0);
        submit(1, 1, 5);

        assertThat(book.expire(BOUND - 1)).isEmpty();
        assertThat(book.expire(BOUND)).containsExactly(new Unconfirmed<>(0L));
        assertThat(book.abandon()).containsExactly(new Unconfirmed<>(1L));
        assertThat(book.waiting()).isZero();
    }

    @Test
    void shouldForgetTheOldestWhenNothingIsEverAnswered() {
        for (int round = 0; round < 10; round++) {
            submit(round * 1_000L, round * 1_000L + 999, round * BOUND);
            assertThat(book.expire((round + 1) * BOUND)).hasSize(1_000);
        }
        assertThat(book.refused(0)).as("forgotten").isEmpty();
        assertThat(book.refused(9_999)).containsExactly(new Refused<>(9_999L, true));
    }

    @Test
    void shouldKeepItsBoundWhenAnswersNeverAgree() {
        submit(0, 0, 0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(book.accepted(0, 2)).isEmpty();
        }
        assertThat(book.refused(0)).containsExactly(new Refused<>(0L, false));
        submit(1, 1, 1);
        assertThat(book.accepted(1, 1)).containsExactly(accepted(1));
    }
}
