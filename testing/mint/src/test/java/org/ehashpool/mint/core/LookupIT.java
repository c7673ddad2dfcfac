package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.lookup.LookupPage;
import org.ehashpool.mint.lookup.LookupRequest;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.Test;

/** Quotes by the keys they are locked to. */
final class LookupIT extends MintScenario {

    @Test
    void shouldFindEveryQuoteOnceWhenPagedThrough() throws Exception {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(quote(1).id());
        }

        List<UUID> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            LookupPage page = done(mint().lookup(request(true, 3, cursor)));
            page.quotes().stream().map(StoredQuote::id).forEach(found::add);
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(found).isEqualTo(made);
    }

    @Test
    void shouldLeaveOutWhatIsMintedWhenOnlyMintableIsAskedFor() throws Exception {
        StoredQuote minted = quote(1);
        StoredQuote open = quote(2);
        done(mint().mint(request(minted, wallet.outputs(active(), 1))));

        assertThat(done(mint().lookup(request(true, 10, Optional.empty()))).quotes())
                .containsExactly(open);
        assertThat(done(mint().lookup(request(false, 10, Optional.empty()))).quotes())
                .extracting(StoredQuote::id)
                .containsExactly(minted.id(), open.id());
    }

    @Test
    void shouldNotPassOverAQuoteWhenItsTransactionCommitsLate() throws Exception {
        StoredQuote first = quote(1);
        PostgresLogin login = TestServer.login();
        try (Connection late = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("insert into mint_quote select gen_random_uuid(), method, unit, request, amount,"
                    + " amount_paid, amount_issued, locking_key, sha256(share_hash), share_count, mined_at,"
                    + " description, expiry, created_at, updated_at from mint_quote");
            StoredQuote second = quote(2);

            LookupPage before = done(mint().lookup(request(true, 1, Optional.empty())));
            assertThat(before.quotes()).containsExactly(first);
            LookupPage meanwhile = done(mint().lookup(request(true, 1, before.next())));
            assertThat(meanwhile.quotes()).isEmpty();

            late.commit();
            LookupPage after = done(mint().lookup(request(true, 10, before.next())));
            assertThat(after.quotes()).hasSize(2);
            assertThat(after.quotes().getLast()).isEqualTo(second);
        }
    }

    @Test
    void shouldRefuseBeforeTheDatabaseIsAskedWhenTheRequestIsWrong() throws Exception {
        quote(1);
        String cursor =
                done(mint().lookup(request(true, 1, Optional.empty()))).next().orElseThrow();
        long now = clock.instant().getEpochSecond();
        PublicKey other = TestWallet.publicKey(wallet.scalar());
        database().close();

        assertThat(refused(mint().lookup(lookup(List.of(), List.of(), now)))).isEqualTo(ErrorCode.LOOKUP_INVALID);
        assertThat(refused(mint().lookup(lookup(List.of(miner, miner), List.of("", ""), now))))
                .isEqualTo(ErrorCode.LOOKUP_INVALID);
        assertThat(refused(mint().lookup(lookup(List.of(miner), List.of(), now))))
                .isEqualTo(ErrorCode.LOOKUP_INVALID);
        assertThat(refused(mint().lookup(lookup(List.of(miner), List.of("00".repeat(64)), now))))
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(refused(mint().lookup(lookup(List.of(miner), List.of("no hex"), now))))
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(refused(
                        mint().lookup(lookup(List.of(other), List.of(lookupSignature(mint().publicKey(), now)), now))))
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(refused(mint().lookup(request(false, 1, Optional.of(cursor)))))
                .isEqualTo(ErrorCode.LOOKUP_INVALID);
        assertThat(refused(mint().lookup(request(true, 0, Optional.empty())))).isEqualTo(ErrorCode.LOOKUP_INVALID);
        LookupRequest stale = request(true, 1, Optional.empty());
        clock.advance(Duration.ofSeconds(301));
        assertThat(refused(mint().lookup(stale))).isEqualTo(ErrorCode.LOOKUP_INVALID);
    }

    private LookupRequest request(boolean onlyMintable, int limit, Optional<String> cursor) {
        long now = clock.instant().getEpochSecond();
        return new LookupRequest(
                "ehash",
                List.of(miner),
                List.of(lookupSignature(mint().publicKey(), now)),
                now,
                onlyMintable,
                Optional.of(limit),
                cursor);
    }

    private static LookupRequest lookup(List<PublicKey> keys, List<String> signatures, long timestamp) {
        return new LookupRequest("ehash", keys, signatures, timestamp, true, Optional.empty(), Optional.empty());
    }
}
