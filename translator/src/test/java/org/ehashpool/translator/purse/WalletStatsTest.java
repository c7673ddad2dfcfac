package org.ehashpool.translator.purse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.wallet.Balance;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.store.Claimed;
import org.junit.jupiter.api.Test;

final class WalletStatsTest {
    private static final MintUrl MINT = new MintUrl("https://mint.example");

    private final List<StatsEvent> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final WalletStats stats = new WalletStats(told::add, () -> now);

    private static List<Balance> balance(long amount) {
        return List.of(new Balance(MINT, "hash", BigInteger.valueOf(amount), BigInteger.ZERO, BigInteger.ZERO, 1));
    }

    private static List<Claimed> claimed(long quotes, long amount) {
        return List.of(new Claimed(MINT, "hash", quotes, BigInteger.valueOf(amount)));
    }

    private static StatsEvent told(long balance) {
        return new StatsEvent.Balance(MINT.toString(), "hash", BigInteger.valueOf(balance));
    }

    @Test
    void shouldTellABalanceWhenItChangesAndEveryMinute() {
        stats.look(balance(5), List.of());
        now = now.plusSeconds(2);
        stats.look(balance(5), List.of());
        now = now.plusSeconds(2);
        stats.look(balance(3), List.of());
        now = now.plusSeconds(55);
        stats.look(balance(3), List.of());
        assertThat(told).containsExactly(told(5), told(3));

        now = now.plusSeconds(1);
        stats.look(balance(3), List.of());
        assertThat(told).containsExactly(told(5), told(3), told(3));
    }

    @Test
    void shouldTellWhatWasMintedSinceItsStart() {
        stats.look(List.of(), claimed(10, 1_000));
        stats.look(List.of(), claimed(10, 1_000));
        stats.look(List.of(), claimed(12, 1_500));

        assertThat(told)
                .containsExactly(new StatsEvent.QuoteIssued(MINT.toString(), "hash", 2, BigInteger.valueOf(500)));
    }

    @Test
    void shouldTellOfAMintThatIsNew() {
        stats.look(List.of(), List.of());
        stats.look(List.of(), claimed(1, 7));

        assertThat(told).containsExactly(new StatsEvent.QuoteIssued(MINT.toString(), "hash", 1, BigInteger.valueOf(7)));
    }
}
