package org.ehashpool.pool.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.pool.connection.EhashNotice;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Says what miners are told of their shares: hints for speed, since their wallets find the quotes anyway. */
final class Notifier {

    private final Function<Bytes, Optional<String>> url;
    private final List<EhashNotice> notices = new ArrayList<>();

    /** @param url where wallets find a mint */
    Notifier(Function<Bytes, Optional<String>> url) {
        this.url = url;
    }

    Notifier quoted(Order order, String quoteId) {
        MintQuoteRequest request = order.request();
        Text mintUrl = Text.of(url.apply(order.mint()).orElse(""));
        for (ChannelMark mark : order.marks()) {
            notices.add(new EhashNotice(
                    mark.connection(),
                    new Ehash.EhashQuoteCreated(
                            mark.channel(),
                            mark.sequence(),
                            request.shareHash(),
                            request.shareCount(),
                            Text.of(quoteId),
                            request.amount(),
                            request.unit(),
                            mintUrl)));
        }
        return this;
    }

    Notifier refused(Order order, String code) {
        for (ChannelMark mark : order.marks()) {
            notices.add(new EhashNotice(
                    mark.connection(),
                    new Ehash.EhashQuoteFailed(mark.channel(), mark.sequence(), mark.hash(), Text.of(code))));
        }
        return this;
    }

    List<EhashNotice> notices() {
        return notices;
    }
}
