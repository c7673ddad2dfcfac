package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.KEYSET;
import static org.ehashpool.wallet.generated.Tables.PROOF;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;
import org.ehashpool.wallet.generated.tables.records.ProofRecord;
import org.ehashpool.wallet.mint.MintUrl;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Proofs. */
public record ProofTable(DSLContext sql) {

    /**
     * What the wallet has at one mint in one unit and state.
     *
     * @param amount without bound: many proofs may be worth more than 2^64 − 1
     */
    public record Sum(MintUrl mint, String unit, ProofState state, BigInteger amount, int proofs) {}

    /** Adds proofs that an operation made; what is there already stays. */
    public void add(UUID operation, List<Proof> proofs, ProofState state, Instant now) {
        for (Proof proof : proofs) {
            sql.insertInto(PROOF)
                    .set(record(proof, state, now))
                    .set(PROOF.MADE_BY, operation)
                    .set(PROOF.SENT_BY, state == ProofState.RESERVED ? operation : null)
                    .onConflict(PROOF.Y)
                    .doNothing()
                    .execute();
        }
    }

    /**
     * Adds a token's proofs as inputs of the operation that receives it. Those that the wallet itself sent become
     * inputs too.
     *
     * @return whether each is an input now; otherwise one is spent or in another operation, and the transaction has to
     *     be rolled back
     */
    public boolean addIncoming(UUID operation, List<Proof> proofs, Instant now) {
        int added = 0;
        for (Proof proof : proofs) {
            added += sql.insertInto(PROOF)
                    .set(record(proof, ProofState.PENDING, now))
                    .set(PROOF.USED_BY, operation)
                    .set(PROOF.INCOMING, true)
                    .onConflict(PROOF.Y)
                    .doUpdate()
                    .set(PROOF.STATE, ProofState.PENDING.label())
                    .set(PROOF.USED_BY, operation)
                    .set(PROOF.UPDATED_AT, now)
                    .where(PROOF.STATE.eq(ProofState.RESERVED.label()))
                    .execute();
        }
        return added == proofs.size();
    }

    private static ProofRecord record(Proof proof, ProofState state, Instant now) {
        Optional<ProofDleq> dleq = proof.dleq();
        return new ProofRecord()
                .setY(proof.y().toBytes())
                .setKeyset(proof.keysetId().toBytes())
                .setAmount(proof.amount().toLong())
                .setSecret(proof.secret())
                .setPoint(proof.point().toBytes())
                .setDleqE(dleq.map(value -> value.dleq().e()).orElse(null))
                .setDleqS(dleq.map(value -> value.dleq().s()).orElse(null))
                .setBlinding(dleq.map(value -> value.blindingFactor().apply(byte[]::clone))
                        .orElse(null))
                .setState(state.label())
                .setCreatedAt(now)
                .setUpdatedAt(now);
    }

    /** What can be spent at a mint in a unit, the most valuable first; nobody else takes it before the commit. */
    public List<Proof> lockUnspent(MintUrl mint, String unit) {
        return sql.select(PROOF.fields())
                .from(PROOF)
                .join(KEYSET)
                .on(PROOF.KEYSET.eq(KEYSET.ID))
                .where(KEYSET.MINT.eq(mint.text()))
                .and(KEYSET.UNIT.eq(unit))
                .and(PROOF.STATE.eq(ProofState.UNSPENT.label()))
                .orderBy(PROOF.AMOUNT.desc(), PROOF.Y)
                .forUpdate()
                .of(PROOF)
                .fetchInto(PROOF)
                .map(row -> stored(row).proof());
    }

    /** Makes unspent or reserved proofs inputs of an operation. */
    public void use(UUID operation, Collection<Proof> proofs, Instant now) {
        sql.update(PROOF)
                .set(PROOF.STATE, ProofState.PENDING.label())
                .set(PROOF.USED_BY, operation)
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.Y.in(ys(proofs)))
                .execute();
    }

    /** Puts unspent proofs into a send's token. */
    public void reserve(UUID send, Collection<Proof> proofs, Instant now) {
        sql.update(PROOF)
                .set(PROOF.STATE, ProofState.RESERVED.label())
                .set(PROOF.SENT_BY, send)
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.Y.in(ys(proofs)))
                .execute();
    }

    /** Inputs of an operation, in an order that stays. */
    public List<Proof> inputs(UUID operation) {
        return sql.selectFrom(PROOF)
                .where(PROOF.USED_BY.eq(operation))
                .orderBy(PROOF.Y)
                .fetch(row -> stored(row).proof());
    }

    /** What a send put into its token. */
    public List<StoredProof> sent(UUID send) {
        return sql.selectFrom(PROOF)
                .where(PROOF.SENT_BY.eq(send))
                .orderBy(PROOF.AMOUNT.desc(), PROOF.Y)
                .fetch(ProofTable::stored);
    }

    /** Reserved proofs of a mint, for asking whether their receivers have claimed them. */
    public List<Proof> reserved(MintUrl mint, int limit) {
        return sql.select(PROOF.fields())
                .from(PROOF)
                .join(KEYSET)
                .on(PROOF.KEYSET.eq(KEYSET.ID))
                .where(KEYSET.MINT.eq(mint.text()))
                .and(PROOF.STATE.eq(ProofState.RESERVED.label()))
                .orderBy(PROOF.UPDATED_AT, PROOF.Y)
                .limit(limit)
                .fetchInto(PROOF)
                .map(row -> stored(row).proof());
    }

    /** They were looked at now, and are as they were. */
    public void touch(Collection<Proof> proofs, Instant now) {
        sql.update(PROOF)
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.Y.in(ys(proofs)))
                .execute();
    }

    public void spent(Collection<Proof> proofs, Instant now) {
        sql.update(PROOF)
                .set(PROOF.STATE, ProofState.SPENT.label())
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.Y.in(ys(proofs)))
                .execute();
    }

    /** The mint has them as spent; those that an operation took in the meantime are left to it. */
    public void lost(Collection<Proof> proofs, Instant now) {
        sql.update(PROOF)
                .set(PROOF.STATE, ProofState.SPENT.label())
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.Y.in(ys(proofs)))
                .and(PROOF.STATE.eq(ProofState.UNSPENT.label()))
                .execute();
    }

    /** An operation's inputs are what they were before it. */
    public void release(UUID operation, Instant now) {
        sql.deleteFrom(PROOF)
                .where(PROOF.USED_BY.eq(operation))
                .and(PROOF.STATE.eq(ProofState.PENDING.label()))
                .and(PROOF.INCOMING)
                .execute();
        sql.update(PROOF)
                .set(
                        PROOF.STATE,
                        DSL.when(PROOF.SENT_BY.isNull(), ProofState.UNSPENT.label())
                                .otherwise(ProofState.RESERVED.label()))
                .setNull(PROOF.USED_BY)
                .set(PROOF.UPDATED_AT, now)
                .where(PROOF.USED_BY.eq(operation))
                .and(PROOF.STATE.eq(ProofState.PENDING.label()))
                .execute();
    }

    /** The secrets that the wallet knows already, of those. */
    public List<PublicKey> known(Collection<Proof> proofs) {
        return sql.select(PROOF.Y).from(PROOF).where(PROOF.Y.in(ys(proofs))).fetch(row -> PublicKey.of(row.value1()));
    }

    /** What there is that is not spent. */
    public List<Sum> sums() {
        var amount = DSL.sum(PROOF.AMOUNT.coerce(java.math.BigDecimal.class));
        var count = DSL.count();
        return sql.select(KEYSET.MINT, KEYSET.UNIT, PROOF.STATE, amount, count)
                .from(PROOF)
                .join(KEYSET)
                .on(PROOF.KEYSET.eq(KEYSET.ID))
                .where(PROOF.STATE.ne(ProofState.SPENT.label()))
                .groupBy(KEYSET.MINT, KEYSET.UNIT, PROOF.STATE)
                .orderBy(KEYSET.MINT, KEYSET.UNIT, PROOF.STATE)
                .fetch(row -> new Sum(
                        new MintUrl(row.value1()),
                        row.value2(),
                        ProofState.of(row.value3()),
                        row.value4().toBigIntegerExact(),
                        row.value5()));
    }

    private static List<byte[]> ys(Collection<Proof> proofs) {
        return proofs.stream().map(proof -> proof.y().toBytes()).toList();
    }

    private static StoredProof stored(ProofRecord row) {
        byte[] e = row.getDleqE();
        Optional<ProofDleq> dleq = e == null
                ? Optional.empty()
                : Optional.of(new ProofDleq(new Dleq(e, row.getDleqS()), SecretKey.of(row.getBlinding())));
        return new StoredProof(
                new Proof(
                        Amount.of(row.getAmount()),
                        KeysetId.of(row.getKeyset()),
                        row.getSecret(),
                        PublicKey.of(row.getPoint()),
                        Optional.empty(),
                        dleq),
                ProofState.of(row.getState()),
                Optional.ofNullable(row.getSentBy()));
    }
}
