package org.ehashpool.wallet.operation;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.proof.Proof;
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
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.ProofState;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.StoredProof;
import org.ehashpool.wallet.store.WalletStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Tokens out, and back when nobody has claimed them. */
public final class Transfers {

    private static final int LONGEST_KEY = 128;

    private final WalletStore store;
    private final Mints mints;
    private final Exchanges exchanges;
    private final InstantSource clock;

    public Transfers(WalletStore store, Mints mints, Exchanges exchanges, InstantSource clock) {
        this.store = store;
        this.mints = mints;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    /**
     * An order to send.
     *
     * @param mint of whose ecash; without it, the one with the most
     * @param idempotencyKey the same order with the same key is the same send
     * @param kind who it is for: {@link OperationKind#SEND} or {@link OperationKind#FAUCET}
     * @param keep what has to be left of the mint's, unspent
     */
    public record SendOrder(
            Amount amount,
            String unit,
            Optional<MintUrl> mint,
            Optional<String> idempotencyKey,
            OperationKind kind,
            Amount keep) {

        public SendOrder {
            if (!kind.isSend()) {
                throw new IllegalArgumentException("no kind of send: " + kind);
            }
        }

        /** The operator's, who may send all there is. */
        public SendOrder(Amount amount, String unit, Optional<MintUrl> mint, Optional<String> idempotencyKey) {
            this(amount, unit, mint, idempotencyKey, OperationKind.SEND, Amount.ZERO);
        }
    }

    /**
     * Makes a token of exactly that amount. Its receiver pays the fee of swapping it, if the mint has one.
     *
     * @return the send, which is done; its token is {@link #token}
     * @throws OperationException if it cannot be done, or has no answer yet
     */
    public Operation send(SendOrder order) {
        if (order.amount().isZero()) {
            throw new OperationException(Reason.INVALID, "an amount above 0 is expected");
        }
        if (order.idempotencyKey()
                .filter(key -> key.isEmpty() || key.length() > LONGEST_KEY)
                .isPresent()) {
            throw new OperationException(
                    Reason.INVALID, "an idempotency key of 1 to " + LONGEST_KEY + " characters is expected");
        }
        Optional<Operation> before = order.idempotencyKey()
                .flatMap(key -> store.transact(
                        Isolation.READ_COMMITTED, sql -> new OperationTable(sql).findByIdempotencyKey(key)));
        if (before.isPresent()) {
            return complete(same(before.get(), order).id());
        }
        MintSession mint = order.mint().map(this::trusted).orElseGet(() -> richest(order.unit()));
        Keyset keyset = active(mint, order.unit());
        return complete(begin(order, mint, keyset));
    }

    private static Operation same(Operation operation, SendOrder order) {
        if (operation.kind() != order.kind()
                || !operation.amount().equals(order.amount())
                || !operation.unit().equals(order.unit())
                || order.mint().filter(url -> !url.equals(operation.mint())).isPresent()) {
            throw new OperationException(Reason.CONFLICT, "the idempotency key belongs to another order");
        }
        return operation;
    }

    private UUID begin(SendOrder order, MintSession mint, Keyset keyset) {
        Map<KeysetId, Long> fees = mint.keysets().stream()
                .collect(Collectors.toMap(
                        stored -> stored.keyset().id(),
                        stored -> stored.keyset().inputFeePpk()));
        UUID id = UUID.randomUUID();
        return store.transact(Isolation.READ_COMMITTED, sql -> {
            OperationTable operations = new OperationTable(sql);
            Optional<Operation> raced = order.idempotencyKey().flatMap(operations::findByIdempotencyKey);
            if (raced.isPresent()) {
                return same(raced.get(), order).id();
            }
            ProofTable proofs = new ProofTable(sql);
            List<Proof> unspent = proofs.lockUnspent(mint.url(), order.unit());
            Selection selection = Selection.of(
                            unspent, order.amount(), proof -> fees.getOrDefault(proof.keysetId(), 0L), mint.inputs())
                    .orElseThrow(() -> insufficient(order, mint, unspent));
            if (!leaves(order, unspent, selection)) {
                throw new OperationException(
                        Reason.INSUFFICIENT, "less than " + order.keep() + " " + order.unit() + " would be left");
            }
            Operation operation = Operation.open(
                            id, order.kind(), mint.url(), order.unit(), order.amount(), clock.instant())
                    .withIdempotencyKey(order.idempotencyKey());
            if (selection.exact()) {
                operations.add(operation.withState(OperationState.DONE));
                proofs.reserve(id, selection.proofs(), clock.instant());
                return id;
            }
            operations.add(operation.withFee(selection.fee()));
            proofs.use(id, selection.proofs(), clock.instant());
            Amount change = selection.sum().minus(order.amount()).minus(selection.fee());
            new OutputTable(sql)
                    .add(
                            id,
                            keyset.id(),
                            Denominations.split(change, keyset.keys()),
                            Denominations.split(order.amount(), keyset.keys()));
            return id;
        });
    }

    private static boolean leaves(SendOrder order, List<Proof> unspent, Selection selection) {
        Amount fee = selection.exact() ? Amount.ZERO : selection.fee();
        return sum(unspent)
                        .subtract(order.amount().toBigInteger())
                        .subtract(fee.toBigInteger())
                        .compareTo(order.keep().toBigInteger())
                >= 0;
    }

    private static BigInteger sum(List<Proof> proofs) {
        return proofs.stream().map(proof -> proof.amount().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static OperationException insufficient(SendOrder order, MintSession mint, List<Proof> unspent) {
        BigInteger all = sum(unspent);
        String wish = order.amount() + " " + order.unit() + " at " + mint.url();
        if (all.compareTo(order.amount().toBigInteger()) < 0) {
            return new OperationException(Reason.INSUFFICIENT, "there is not as much as " + wish);
        }
        if (all.compareTo(Amount.MAXIMUM.toBigInteger()) > 0) {
            return new OperationException(
                    Reason.INSUFFICIENT, "the proofs for " + wish + " are worth more than 2^64-1 together: send less");
        }
        return new OperationException(
                Reason.INSUFFICIENT,
                "for " + wish + " with the mint's fee, " + mint.inputs() + " proofs are not enough: send less");
    }

    /**
     * Tries an operation now, unless it is at its end.
     *
     * @throws OperationException if it failed, or has no answer yet
     */
    Operation complete(UUID id) {
        try {
            Operation operation = exchanges.attempt(id);
            if (operation.state() == OperationState.FAILED) {
                throw new OperationException(Reason.REFUSED, operation.problem().orElse("the mint refuses"));
            }
            return operation;
        } catch (MintException e) {
            throw new OperationException(
                    Reason.PENDING, "operation " + id + " is kept and will be tried again: " + e.problem());
        }
    }

    /**
     * The token of a send.
     *
     * @return empty if a part of it is spent or taken back
     * @throws OperationException if there is no such send
     */
    public Optional<String> token(UUID send) {
        return store.transact(Isolation.READ_COMMITTED, sql -> {
            Operation operation = send(sql, send);
            List<StoredProof> proofs = new ProofTable(sql).sent(send);
            if (proofs.isEmpty() || proofs.stream().anyMatch(proof -> proof.state() != ProofState.RESERVED)) {
                return Optional.empty();
            }
            Token token = new Token(
                    List.of(new Token.Part(
                            operation.mint().text(),
                            proofs.stream()
                                    .map(proof -> TokenProof.of(proof.proof()))
                                    .toList())),
                    Optional.of(operation.unit()),
                    Optional.empty());
            return Optional.of(TokenCodec.encodeV4(token, TokenCodec.KeysetIds.SHORT));
        });
    }

    /**
     * Takes back what a send's receiver has not claimed.
     *
     * @throws OperationException if all of it is claimed, or the mint has not answered
     */
    public Operation reclaim(UUID send) {
        Operation sent = store.transact(Isolation.READ_COMMITTED, sql -> send(sql, send));
        MintSession mint = trusted(sent.mint());
        Keyset keyset = active(mint, sent.unit());
        new Spending(store, clock).look(mint, reserved(send));
        List<Proof> left = reserved(send);
        if (left.isEmpty()) {
            throw new OperationException(Reason.SPENT, "the token is claimed, or taken back already");
        }
        Swap swap = Swap.of(mint, left);
        UUID id = UUID.randomUUID();
        store.transact(Isolation.READ_COMMITTED, sql -> {
            ProofTable proofs = new ProofTable(sql);
            new OperationTable(sql).lock(send);
            boolean still = proofs.sent(send).stream()
                            .filter(proof -> proof.state() == ProofState.RESERVED)
                            .map(StoredProof::proof)
                            .toList()
                            .size()
                    == left.size();
            if (!still) {
                throw new OperationException(Reason.CONFLICT, "the token is being taken back already");
            }
            new OperationTable(sql)
                    .add(Operation.open(
                                    id, OperationKind.RECLAIM, sent.mint(), sent.unit(), swap.rest(), clock.instant())
                            .withFee(swap.fee())
                            .withReclaims(send));
            proofs.use(id, left, clock.instant());
            new OutputTable(sql).add(id, keyset.id(), Denominations.split(swap.rest(), keyset.keys()), List.of());
            return true;
        });
        return complete(id);
    }

    private List<Proof> reserved(UUID send) {
        return store.transact(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).sent(send)).stream()
                .filter(proof -> proof.state() == ProofState.RESERVED)
                .map(StoredProof::proof)
                .toList();
    }

    private static Operation send(DSLContext sql, UUID id) {
        return new OperationTable(sql)
                .find(id)
                .filter(operation -> operation.kind().isSend())
                .orElseThrow(() -> new OperationException(Reason.UNKNOWN, "there is no send " + id));
    }

    private MintSession trusted(MintUrl url) {
        return mints.find(url)
                .orElseThrow(
                        () -> new OperationException(Reason.MINT_NOT_TRUSTED, url + " is none of the trusted mints"));
    }

    private MintSession richest(String unit) {
        Map<MintUrl, BigInteger> sums =
                store.transact(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).sums()).stream()
                        .filter(sum ->
                                sum.state() == ProofState.UNSPENT && sum.unit().equals(unit))
                        .collect(Collectors.toMap(ProofTable.Sum::mint, ProofTable.Sum::amount));
        @Nullable
        MintSession richest = mints.all().stream()
                .max(Comparator.comparing((MintSession mint) -> sums.getOrDefault(mint.url(), BigInteger.ZERO)))
                .orElse(null);
        if (richest == null) {
            throw new OperationException(Reason.MINT_NOT_TRUSTED, "no mint is trusted");
        }
        return richest;
    }

    static Keyset active(MintSession mint, String unit) {
        try {
            return mint.active(unit);
        } catch (MintException e) {
            throw new OperationException(Reason.MINT_UNAVAILABLE, mint.url() + ": " + e.problem());
        }
    }
}
