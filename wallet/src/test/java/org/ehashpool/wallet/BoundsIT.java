package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.mint.MintFaultException;
import org.junit.jupiter.api.Test;

/** What a hostile mint can cost a wallet at most. */
final class BoundsIT extends WalletScenario {

    @Test
    void shouldLeaveAKeyAfterAHundredPagesWhenAMintListsOneQuoteWithoutEnd() throws Exception {
        quote(8);
        AtomicInteger pages = new AtomicInteger();
        List<LookupAnswer> first = new ArrayList<>();
        interference().ignoresCursors = true;
        interference().lookups = answer -> {
            first.add(answer);
            return new LookupAnswer(first.getFirst().quotes(), Optional.of("page " + pages.incrementAndGet()));
        };

        assertThat(claim()).isEqualTo(1);

        assertThat(pages).hasValue(100);
        assertThat(interference().batches + interference().singles).isLessThanOrEqualTo(3);
        assertUnspent(8);
        assertNothingLost();
    }

    @Test
    void shouldBeginNoMoreWhenAThousandOperationsOfAMintAreOpen() throws Exception {
        quote(8);
        claim();
        execute("""
                insert into operation (id, kind, state, mint, unit, amount, fee, next_attempt, created_at, updated_at)
                select gen_random_uuid(), 'claim', 'open', mint.url, 'hash', 1, 0, 'infinity', now(), now()
                from mint, generate_series(1, 999)""");
        quote(5);
        assertThat(claim()).isEqualTo(1);

        execute("""
                insert into operation (id, kind, state, mint, unit, amount, fee, next_attempt, created_at, updated_at)
                select gen_random_uuid(), 'claim', 'open', mint.url, 'hash', 1, 0, 'infinity', now(), now() from mint""");
        quote(3);
        assertThatThrownBy(this::claim)
                .isInstanceOf(MintFaultException.class)
                .hasMessageContaining("1000 operations are open");
        assertUnspent(13);
    }

    @Test
    void shouldRememberNoMoreQuotesWhenAHundredThousandOfAMintCouldNotBeClaimed() throws Exception {
        quote(8);
        claim();
        execute("""
                insert into quote (mint, id, unit, locking_key, request, amount_paid, claimed, seen_at)
                select mint.url, 'q' || n, 'hash', key.public_key, '', 1, 0, now()
                from mint, (select public_key from locking_key limit 1) key, generate_series(1, 99999) n""");
        quote(5);
        assertThat(claim()).isEqualTo(1);

        execute("""
                insert into quote (mint, id, unit, locking_key, request, amount_paid, claimed, seen_at)
                select mint.url, 'last', 'hash', key.public_key, '', 1, 0, now()
                from mint, (select public_key from locking_key limit 1) key""");
        quote(3);
        assertThatThrownBy(this::claim)
                .isInstanceOf(MintFaultException.class)
                .hasMessageContaining("100000 of its quotes");
        assertUnspent(13);
    }

    private void execute(String statement) {
        int rows = store().transact(Isolation.READ_COMMITTED, sql -> sql.execute(statement));
        assertThat(List.of(1, 999, 99_999)).contains(rows);
    }
}
