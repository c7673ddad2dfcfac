package org.ehashpool.wallet.operation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.token.MalformedTokenException;
import org.ehashpool.cashu.token.Token;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.token.TokenProof;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.session.Mints;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.StoredKeyset;
import org.ehashpool.wallet.store.WalletStore;

/** Tokens in. A token is the wallet's own only after it was swapped, so that is done at once. */
public final class Receipts {

    private final WalletStore store;
    private final Mints mints;
    private final Transfers transfers;
    private final Recovery recovery;
    private final InstantSource clock;
    private final Set<String> units;

    /** Tokens of these units. */
    public Receipts(
            WalletStore store,
            Mints mints,
            Transfers transfers,
            Recovery recovery,
            InstantSource clock,
            Set<String> units) {
        this.recovery = recovery;
        this.store = store;
        this.mints = mints;
        this.transfers = transfers;
        this.clock = clock;
        this.units = Set.copyOf(units);
    }

    /**
     * Takes a token.
     *
     * @param text of version 3 or 4
     * @return the receipt, which is done
     * @throws OperationException if it is no token of one trusted mint and unit, or spent, or has no answer yet
     */
    public Operation receive(String text) {
        Token.Part part = part(text);
        MintSession mint = mints.find(url(part.mint()))
                .orElseThrow(() -> new OperationException(
                        Reason.MINT_NOT_TRUSTED, "the token's mint is none of the trusted ones"));
        if (part.proofs().size() > mint.inputs()) {
            throw new OperationException(Reason.INVALID, "a token of at most " + mint.inputs() + " proofs is expected");
        }
        List<Proof> proofs = resolve(mint, part);
        String unit = unit(mint, proofs);
        Keyset keyset = Transfers.active(mint, unit);
        // Before counters are taken for it: a spent token costs the wallet nothing.
        requireUnspent(mint, proofs);
        Swap swap = Swap.of(mint, proofs);
        UUID id = UUID.randomUUID();
        store.transact(Isolation.READ_COMMITTED, sql -> {
            new OperationTable(sql)
                    .add(Operation.open(id, OperationKind.RECEIVE, mint.url(), unit, swap.rest(), clock.instant())
                            .withFee(swap.fee()));
            if (!new ProofTable(sql).addIncoming(id, proofs, clock.instant())) {
                throw new OperationException(Reason.SPENT, "the token is the wallet's already, or spent");
            }
            new OutputTable(sql).add(id, keyset.id(), Denominations.split(swap.rest(), keyset.keys()), List.of());
            return true;
        });
        return transfers.complete(id);
    }

    private static Token.Part part(String text) {
        Token token;
        try {
            token = TokenCodec.decode(text.strip());
        } catch (MalformedTokenException e) {
            throw new OperationException(Reason.INVALID, "this is no token: " + e.getMessage());
        }
        if (token.parts().size() != 1 || token.parts().getFirst().proofs().isEmpty()) {
            throw new OperationException(Reason.INVALID, "a token of one mint is expected");
        }
        Token.Part part = token.parts().getFirst();
        if (part.proofs().stream().map(TokenProof::secret).distinct().count()
                < part.proofs().size()) {
            throw new OperationException(Reason.INVALID, "the token has a proof twice");
        }
        return part;
    }

    private static MintUrl url(String text) {
        try {
            return new MintUrl(text);
        } catch (IllegalArgumentException e) {
            throw new OperationException(Reason.INVALID, "the token's mint is no URL");
        }
    }

    private static List<Proof> resolve(MintSession mint, Token.Part part) {
        try {
            mint.info();
            Set<KeysetId> known = keysets(mint).keySet();
            if (part.proofs().stream().anyMatch(proof -> proof.resolve(known).isEmpty())) {
                mint.refresh();
            }
        } catch (MintException e) {
            throw new OperationException(Reason.MINT_UNAVAILABLE, mint.url() + ": " + e.problem());
        }
        Map<KeysetId, Keyset> keysets = keysets(mint);
        List<Proof> proofs = new ArrayList<>();
        for (TokenProof carried : part.proofs()) {
            Proof proof = carried.resolve(keysets.keySet())
                    .orElseThrow(() -> new OperationException(
                            Reason.INVALID, "the token has a keyset that its mint does not name, or names twice"));
            check(proof, keysets);
            proofs.add(proof);
        }
        return proofs;
    }

    private static Map<KeysetId, Keyset> keysets(MintSession mint) {
        return mint.keysets().stream()
                .map(StoredKeyset::keyset)
                .collect(Collectors.toMap(Keyset::id, Function.identity()));
    }

    /** The swap shows whether a proof is good; one whose own proof of it is wrong is not even tried. */
    private static void check(Proof proof, Map<KeysetId, Keyset> keysets) {
        Keyset keyset = keysets.get(proof.keysetId());
        var key = keyset == null ? Optional.<PublicKey>empty() : keyset.keys().find(proof.amount());
        if (key.isEmpty()) {
            throw new OperationException(Reason.INVALID, "the token has an amount that its keyset has not");
        }
        if (proof.dleq()
                .filter(dleq -> !dleq.verify(proof.y(), proof.point(), key.get()))
                .isPresent()) {
            throw new OperationException(Reason.INVALID, "the token's signatures are not by its mint's keys");
        }
        // NUT-10: secrets with a condition are JSON arrays.
        if (proof.secret().stripLeading().startsWith("[")) {
            throw new OperationException(Reason.INVALID, "the token is locked to conditions");
        }
    }

    private String unit(MintSession mint, List<Proof> proofs) {
        Map<KeysetId, Keyset> keysets = keysets(mint);
        Set<String> found = new HashSet<>();
        for (Proof proof : proofs) {
            Keyset keyset = keysets.get(proof.keysetId());
            if (keyset != null) {
                found.add(keyset.unit());
            }
        }
        if (found.size() != 1 || !units.containsAll(found)) {
            throw new OperationException(Reason.INVALID, "a token of one unit is expected, of " + units);
        }
        return found.iterator().next();
    }

    private void requireUnspent(MintSession mint, List<Proof> proofs) {
        try {
            List<SpentState> states =
                    mint.api().states(proofs.stream().map(Proof::y).toList());
            if (states.stream().allMatch(SpentState.UNSPENT::equals)) {
                return;
            }
            // Perhaps this wallet has received it: the request of a receipt that was given up came late.
            if (recovery.seek(mint).proofs() > 0) {
                throw new OperationException(
                        Reason.SPENT, "the token was spent, and ecash was recovered: see the balance");
            }
        } catch (MintException e) {
            throw new OperationException(Reason.MINT_UNAVAILABLE, mint.url() + ": " + e.problem());
        }
        throw new OperationException(Reason.SPENT, "the token is spent, or being spent");
    }
}
