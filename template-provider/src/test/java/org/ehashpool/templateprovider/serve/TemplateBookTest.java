package org.ehashpool.templateprovider.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.message.TemplateDistribution.FromServer;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.templateprovider.serve.TemplateBook.Dispatch;
import org.ehashpool.templateprovider.template.Draft;
import org.ehashpool.templateprovider.template.Halving;
import org.ehashpool.templateprovider.template.Room;
import org.ehashpool.templateprovider.template.TemplateFixtures;
import org.ehashpool.templateprovider.template.Tip;
import org.junit.jupiter.api.Test;

final class TemplateBookTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
    private static final Room ROOM = new Room(100, 4);

    private final DoubleSha256 hasher = new DoubleSha256();
    private final AtomicLong ids = new AtomicLong();

    @Test
    void shouldNameTheEmptyTemplateWhenItWasSentAhead() {
        TemplateBook book = book(true);
        assertThat(follow(book, 102, 1))
                .hasExactlyElementsOfTypes(NewTemplate.class, SetNewPrevHash.class, NewTemplate.class);

        List<FromServer> messages = follow(book, 103, 2);

        assertThat(messages).hasExactlyElementsOfTypes(SetNewPrevHash.class, NewTemplate.class, NewTemplate.class);
        assertThat(futures(messages)).containsExactly(false, true);
    }

    @Test
    void shouldBeginAgainAtEachTipWhenNothingIsSentAhead() {
        TemplateBook book = book(false);
        for (int tip = 1; tip <= 3; tip++) {
            List<FromServer> messages = follow(book, 101 + tip, tip);

            assertThat(messages).hasExactlyElementsOfTypes(NewTemplate.class, SetNewPrevHash.class);
            assertThat(futures(messages)).containsExactly(true);
            assertThat(((SetNewPrevHash) messages.get(1)).templateId())
                    .isEqualTo(((NewTemplate) messages.getFirst()).templateId());
        }
    }

    @Test
    void shouldWelcomeWithThePresentTipAloneWhenNothingIsSentAhead() {
        TemplateBook book = book(false);
        List<FromServer> sent = follow(book, 102, 1);

        assertThat(book.welcome(ROOM)).isEqualTo(sent);
    }

    private TemplateBook book(boolean sendsAhead) {
        return new TemplateBook(ids::incrementAndGet, new Shelf(100, 1 << 20), sendsAhead);
    }

    /** All that clients are sent when the node is on a new tip. */
    private List<FromServer> follow(TemplateBook book, int height, int tip) {
        BlockTemplate template = TemplateFixtures.template(height, tip, List.of());
        List<Dispatch> dispatches = new ArrayList<>(book.tip(Tip.of(template), NOW));
        dispatches.addAll(book.publish(
                Map.of(ROOM, Draft.of(template, ROOM, hasher)), Draft.emptyAfter(template, new Halving(150), hasher)));
        return dispatches.stream().flatMap(one -> one.messages().stream()).toList();
    }

    private static List<Boolean> futures(List<FromServer> messages) {
        return messages.stream()
                .filter(NewTemplate.class::isInstance)
                .map(message -> ((NewTemplate) message).futureTemplate())
                .toList();
    }
}
