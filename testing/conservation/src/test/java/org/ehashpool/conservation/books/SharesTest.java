package org.ehashpool.conservation.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehashpool.conservation.load.ShareLog;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

final class SharesTest {
    private static final U256 SHARE = U256.of(7);
    private static final String KEY = "02aa";

    private final Shares shares = new Shares(List.of(KEY));
    private final Differences differences = new Differences();

    private void saw(ShareLog.Event... events) {
        for (ShareLog.Event event : events) {
            shares.saw(event, 0, SHARE, differences);
        }
    }

    private void credit(String key, boolean payable, boolean ordered) {
        shares.credit(SHARE, key, payable, ordered, differences);
    }

    private List<String> found() {
        shares.findUncredited(differences);
        return differences.lines();
    }

    @Test
    void shouldFindNothingWhenAnAcknowledgedShareIsCreditedOnce() {
        saw(ShareLog.Event.SENT, ShareLog.Event.ACKNOWLEDGED);
        credit(KEY, true, true);

        assertThat(found()).isEmpty();
        assertThat(shares.acknowledged()).isEqualTo(1);
        assertThat(shares.creditedUnanswered()).isZero();
    }

    @Test
    void shouldFindItWhenAnAcknowledgedShareIsNotCredited() {
        saw(ShareLog.Event.SENT, ShareLog.Event.ACKNOWLEDGED);

        assertThat(found()).singleElement().asString().startsWith("acknowledged and not credited: 1");
    }

    @Test
    void shouldFindItWhenAShareIsCreditedTwice() {
        saw(ShareLog.Event.SENT, ShareLog.Event.ACKNOWLEDGED);
        credit(KEY, true, true);
        credit(KEY, true, true);

        assertThat(found()).singleElement().asString().startsWith("credited twice");
    }

    @Test
    void shouldAllowAndCountItWhenTheAnswerToACreditedShareWasLost() {
        saw(ShareLog.Event.SENT);
        credit(KEY, true, true);

        assertThat(found()).isEmpty();
        assertThat(shares.creditedUnanswered()).isEqualTo(1);
    }

    @Test
    void shouldAllowAndCountItWhenACreditedShareWasRefused() {
        saw(ShareLog.Event.SENT, ShareLog.Event.REFUSED);
        credit(KEY, true, true);

        assertThat(found()).isEmpty();
        assertThat(shares.creditedRefused()).isEqualTo(1);
    }

    @Test
    void shouldFindItWhenSomebodyElseOrNobodyIsPaid() {
        saw(ShareLog.Event.SENT);
        credit("03bb", false, false);

        assertThat(found())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("credited to another key"))
                .anyMatch(line -> line.startsWith("credited without an amount"))
                .anyMatch(line -> line.startsWith("credited and in no order"));
    }

    @Test
    void shouldFindItWhenAShareIsCreditedThatNobodySent() {
        credit(KEY, true, true);

        assertThat(found()).singleElement().asString().startsWith("credited, and sent by nobody");
    }
}
