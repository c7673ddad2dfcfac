package org.ehashpool.pool.mintlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.sv2.message.MintQuote.MintQuoteError;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuote.MintQuoteResponse;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class OutstandingRequestsTest {
    private static final Text QUOTE = Text.of("01939b1c-0000-7000-8000-000000000001");

    private final OutstandingRequests outstanding = new OutstandingRequests(2);

    @Test
    void shouldMatchAnswersWithTheirRequestsInAnyOrder() {
        outstanding.add(request(1), 0);
        outstanding.add(request(2), 0);
        assertThat(outstanding.answer(response(2, 2, 2)))
                .isEqualTo(new MintAnswer.Quoted(request(2), QUOTE.toString()));
        assertThat(outstanding.answer(MintQuoteErrorCode.CONFLICT.toMessage(1, U256.of(1))))
                .isEqualTo(new MintAnswer.Refused(request(1), "conflict", false));
        assertThat(outstanding.count()).isZero();
    }

    @Test
    void shouldTreatAnswersToNothingAsViolations() {
        outstanding.add(request(1), 0);
        assertViolation(response(7, 1, 1), "7");
        assertViolation(response(1, 2, 1), "another share");
        assertViolation(response(1, 1, 3), "amount 3 instead of 1");
        assertViolation(MintQuoteErrorCode.CONFLICT.toMessage(9, U256.of(1)), "9");
        assertViolation(new MintQuoteResponse(1, U256.of(1), Text.EMPTY, 1), "quote id");
        assertViolation(new MintQuoteResponse(1, U256.of(1), Text.of("a\nb"), 1), "quote id");
        assertThat(outstanding.count()).isOne();
        outstanding.answer(response(1, 1, 1));
        assertViolation(response(1, 1, 1), "not unanswered");
    }

    @Test
    void shouldKeepTheWindow() {
        outstanding.add(request(1), 0);
        assertThatIllegalStateException().isThrownBy(() -> outstanding.add(request(1), 0));
        outstanding.add(request(2), 0);
        assertThatIllegalStateException().isThrownBy(() -> outstanding.add(request(3), 0));
    }

    @Test
    void shouldGoByTheTableOfCodesAndBelieveTheMintOnlyForOthers() {
        outstanding.add(request(1), 0);
        assertThat(outstanding.answer(new MintQuoteError(1, U256.of(1), Text.of("conflict"), true)))
                .isEqualTo(new MintAnswer.Refused(request(1), "conflict", false));
        outstanding.add(request(1), 0);
        assertThat(outstanding.answer(new MintQuoteError(1, U256.of(1), Text.of("tea-time"), true)))
                .isEqualTo(new MintAnswer.Refused(request(1), "tea-time", true));
    }

    @Test
    void shouldNameTheOldestWhenItIsOverdue() {
        Duration patience = Duration.ofSeconds(10);
        outstanding.add(request(1), 5);
        outstanding.add(request(2), 6);
        assertThat(outstanding.overdue(4 + patience.toNanos(), patience)).isEmpty();
        assertThat(outstanding.overdue(5 + patience.toNanos(), patience)).contains(request(1));
        outstanding.answer(response(1, 1, 1));
        assertThat(outstanding.overdue(5 + patience.toNanos(), patience)).isEmpty();
        assertThat(outstanding.abandon()).containsExactly(request(2));
        assertThat(outstanding.count()).isZero();
    }

    private void assertViolation(QuoteReply reply, String words) {
        assertThatExceptionOfType(PeerViolationException.class)
                .isThrownBy(() -> outstanding.answer(reply))
                .withMessageContaining(words);
    }

    private static MintQuoteRequest request(long id) {
        return new MintQuoteRequest(
                id, U256.of(id), 1, id, Text.of("hash"), Bytes.fromHex("02" + "11".repeat(32)), 1_000);
    }

    private static MintQuoteResponse response(long id, long hash, long amount) {
        return new MintQuoteResponse(id, U256.of(hash), QUOTE, amount);
    }
}
