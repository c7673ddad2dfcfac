package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.audit.Audit;
import org.ehashpool.mint.audit.AuditedBooks;
import org.ehashpool.mint.audit.AuditedQuote;
import org.ehashpool.mint.audit.AuditedUnit;
import org.ehashpool.mint.store.ShareHash;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.Test;

/** What auditors are shown. */
final class AuditIT extends MintScenario {

    @Test
    void shouldShowEachQuoteOnceInTheOrderOfHashesWhenReadPageByPage() throws Exception {
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            shares.add(quote(i + 1).share().orElseThrow().hash());
        }

        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        while (true) {
            Optional<String> last = after;
            List<AuditedQuote> page = await(mint().audit(audit -> audit.quotes(last, 3)));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(quote -> seen.add(quote.shareHash()));
            after = Optional.of(seen.getLast());
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(shares);
        assertThat(seen.stream().map(ShareHash::toBytes).toList()).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void shouldShowWhatWasPaidAndIssued() throws Exception {
        StoredQuote minted = quote(12);
        done(mint().mint(request(minted, wallet.outputs(active(), 8, 4))));

        AuditedQuote shown =
                await(mint().audit(audit -> audit.quotes(Optional.empty(), 10))).getFirst();

        assertThat(shown.id()).isEqualTo(minted.id());
        assertThat(shown.lockingKey()).isEqualTo(miner);
        assertThat(shown.paid().toString()).isEqualTo("12");
        assertThat(shown.issued().toString()).isEqualTo("12");
    }

    @Test
    void shouldFindNothingOffWhenQuotesWereMintedAndProofsSwapped() throws Exception {
        quote(3);
        List<Proof> proofs = proofs(8, 4);
        swapped(proofs.subList(0, 1), wallet.outputs(active(), 4, 4));

        AuditedBooks books = await(mint().audit(Audit::books));

        assertThat(books.quotesOff() + books.operationsOff() + books.swapsOff()).isZero();
        AuditedUnit unit = books.units().getFirst();
        assertThat(unit.rows()).isEqualTo(unit.ledger());
        assertThat(unit.quotes()).isEqualTo(2);
        assertThat(unit.rows().paid()).isEqualTo(big(15));
        assertThat(unit.minted()).isEqualTo(unit.rows().issued()).isEqualTo(big(12));
        assertThat(unit.swapped()).isEqualTo(unit.swappedIn()).isEqualTo(big(8));
    }

    @Test
    void shouldFindWhatIsOffWhenSomebodyWroteToTheDatabase() throws Exception {
        proofs(8);
        StoredQuote unminted = quote(4);
        swapped(proofs(2), wallet.outputs(active(), 2));
        TestServer.execute("update mint_quote set amount_issued = 1 where id = '" + unminted.id() + "'");
        TestServer.execute("update blind_signature set amount = 16 where amount = 8");
        TestServer.execute("update blind_signature set amount = 4 where amount = 2 and operation in"
                + " (select id from operation where kind = 'swap')");

        AuditedBooks books = await(mint().audit(Audit::books));

        assertThat(books.quotesOff()).isEqualTo(1);
        assertThat(books.operationsOff()).isEqualTo(1);
        assertThat(books.swapsOff()).isEqualTo(1);
        AuditedUnit unit = books.units().getFirst();
        assertThat(unit.rows().issued()).isNotEqualTo(unit.ledger().issued());
        assertThat(unit.rows().signed()).isNotEqualTo(unit.ledger().signed());
    }
}
