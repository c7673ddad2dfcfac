package org.ehashpool.pool.outbox;

import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Tells miners what became of their shares: hints for speed, since their wallets find the quotes anyway. */
final class Notifier {

    private final QuoteNotices notices;
    private final Function<Bytes, Optional<String>> url;

    /** @param url where wallets find a mint */
    Notifier(QuoteNotices notices, Function<Bytes, Optional<String>> url) {
        this.notices = notices;
        this.url = url;
    }

    void quoted(Order order, String quoteId) {
        if (order.marks().isEmpty()) {
            return;
        }
        MintQuoteRequest request = order.request();
        Text mintUrl = Text.of(url.apply(order.mint()).orElse(""));
        for (ChannelMark mark : order.marks()) {
            notices.tell(
                    mark.connection(),
                    new Ehash.EhashQuoteCreated(
                            mark.channel(),
                            mark.sequence(),
                            request.shareHash(),
                            request.shareCount(),
                            Text.of(quoteId),
                            request.amount(),
                            request.unit(),
                            mintUrl));
        }
    }

    void refused(Order order, String code) {
        for (ChannelMark mark : order.marks()) {
            notices.tell(
                    mark.connection(),
                    new Ehash.EhashQuoteFailed(mark.channel(), mark.sequence(), mark.hash(), Text.of(code)));
        }
    }
}
