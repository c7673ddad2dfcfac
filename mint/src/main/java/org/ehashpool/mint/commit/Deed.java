package org.ehashpool.mint.commit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.mint.spend.VerifiedInput;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.Sums;

/**
 * What one operation writes, all of it or nothing.
 *
 * @param kind {@code swap} or {@code mint}
 * @param digest of what was asked
 * @param issues from quotes
 * @param inputs that are spent
 * @param signatures in the order of the outputs
 * @param changes of the ledger
 */
public record Deed(
        String kind,
        Digest digest,
        List<QuoteTable.Issue> issues,
        List<VerifiedInput> inputs,
        List<SignatureTable.New> signatures,
        Map<LedgerTable.Account, Sums> changes) {

    public Deed {
        issues = List.copyOf(issues);
        inputs = List.copyOf(inputs);
        signatures = List.copyOf(signatures);
        changes = Map.copyOf(changes);
    }

    /** Rows, about. */
    int size() {
        return issues.size() + inputs.size() + signatures.size();
    }

    /** Everything of which there is one, and which only one deed can have. */
    Set<Object> claims() {
        Set<Object> claims = new HashSet<>();
        issues.forEach(issue -> claims.add(issue.quote().id()));
        inputs.forEach(input -> claims.add(new Spending(input.y())));
        signatures.forEach(signature -> claims.add(signature.blindedMessage()));
        return claims;
    }

    /** A point may be a proof's and, by whoever wants to confuse, a blinded message as well. */
    private record Spending(Object y) {}
}
