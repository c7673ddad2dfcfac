package org.ehashpool.pool.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.ehashpool.pool.mintlink.IdentifiedMint;
import org.ehashpool.pool.mintlink.MintLink;
import org.ehashpool.pool.mintlink.PinnedMint;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class MintQueueTest {
    private static final Bytes MINT = Bytes.of(new byte[32]);

    private final MintQueue queue = new MintQueue(100);

    @Test
    void shouldSendNoMoreThanTheWindow() {
        MintLink link = link(1, 3);
        queue.connected(link);
        LongStream.rangeClosed(1, 5).forEach(id -> queue.add(order(id)));
        assertThat(sent(0)).containsExactly(1L, 2L, 3L);
        assertThat(sent(0)).isEmpty();
        assertThat(queue.answered(link, 2)).contains(order(2));
        assertThat(sent(0)).containsExactly(4L);
        assertThat(queue.size()).isEqualTo(5);
        queue.done(2);
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void shouldSpreadOverTheConnectionsOfOneMint() {
        MintLink first = link(1, 10);
        MintLink second = link(2, 10);
        queue.connected(first);
        queue.connected(second);
        LongStream.rangeClosed(1, 8).forEach(id -> queue.add(order(id)));
        assertThat(queue.ship(0))
                .extracting(shipment -> shipment.requests().size())
                .containsExactly(4, 4);
    }

    @Test
    void shouldSendUnansweredOnesFirstWhenALinkHasEnded() {
        MintLink first = link(1, 3);
        queue.connected(first);
        LongStream.rangeClosed(1, 4).forEach(id -> queue.add(order(id)));
        assertThat(sent(0)).containsExactly(1L, 2L, 3L);
        queue.answered(first, 2);
        queue.disconnected(first, List.of(order(1).request(), order(3).request()));
        assertThat(sent(0)).isEmpty();
        assertThat(queue.room(0)).isZero();
        queue.connected(link(2, 9));
        assertThat(sent(0)).containsExactly(1L, 3L, 4L);
    }

    @Test
    void shouldNotSendAnOrderTwiceWhenItIsReadAgain() {
        queue.connected(link(1, 9));
        queue.add(order(1));
        assertThat(sent(0)).containsExactly(1L);
        queue.add(order(1));
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void shouldLeaveAMintAloneThatMakesNoQuotesNowAndAskForOneFirst() {
        MintLink link = link(1, 9);
        queue.connected(link);
        queue.add(order(1));
        queue.add(order(2));
        assertThat(sent(0)).containsExactly(1L, 2L);
        queue.delayed(queue.answered(link, 1).orElseThrow(), 0);
        queue.delayed(queue.answered(link, 2).orElseThrow(), 1);
        assertThat(queue.room(2)).isZero();
        assertThat(sent(2)).isEmpty();
        long awake = Duration.ofMillis(500).toNanos();
        assertThat(sent(awake)).containsExactly(1L);
        assertThat(sent(awake)).isEmpty();
        queue.delayed(queue.answered(link, 1).orElseThrow(), awake);
        assertThat(sent(awake + Duration.ofMillis(900).toNanos())).isEmpty();
        long again = awake + Duration.ofSeconds(1).toNanos();
        assertThat(sent(again)).containsExactly(2L);
        queue.answered(link, 2);
        queue.worked();
        assertThat(sent(again)).containsExactly(1L);
    }

    private List<Long> sent(long now) {
        return queue.ship(now).stream()
                .flatMap(shipment -> shipment.requests().stream())
                .map(MintQuoteRequest::requestId)
                .toList();
    }

    private static Order order(long id) {
        return new Order(
                MINT,
                new MintQuoteRequest(id, U256.of(id), 1, 1, Text.of("hash"), Bytes.of(new byte[33]), 0),
                List.of());
    }

    private static MintLink link(long id, int window) {
        IdentifiedMint mint = new IdentifiedMint(
                new PinnedMint(MINT, Optional.empty(), Set.of("hash"), 1), "https://mint.example", window);
        return new MintLink() {
            @Override
            public long connectionId() {
                return id;
            }

            @Override
            public IdentifiedMint mint() {
                return mint;
            }

            @Override
            public void send(List<MintQuoteRequest> requests) {
                throw new AssertionError("the queue decides only");
            }
        };
    }
}
