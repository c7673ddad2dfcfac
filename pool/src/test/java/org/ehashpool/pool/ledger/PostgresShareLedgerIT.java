package org.ehashpool.pool.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.KEYLESS;
import static org.ehashpool.pool.generated.Tables.LAPSED_CARRY;
import static org.ehashpool.pool.generated.Tables.SHARE;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.pool.node.NodeTakenOverException;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresShareLedgerIT extends LedgerScenario {
    private static final BigInteger MILLION = BigInteger.valueOf(PayTerms.CARRY_SCALE);

    private final Credits credits = new Credits(1);

    @Test
    void shouldKeepEverythingOfAShareWhenItIsCommitted() {
        LedgerNode node = node("boot");
        ShareCredit first = credits.next();
        ShareCredit second = credits.next();

        assertThat(node.commit(List.of(first, second))).containsOnly(Outcome.RECORDED);

        sql(sql -> {
            var rows = sql.selectFrom(SHARE).orderBy(SHARE.ID).fetch();
            assertThat(rows).hasSize(2);
            var row = rows.getFirst();
            assertThat(row.getNodeId()).isEqualTo(node.leases.lease().node());
            assertThat(row.getBoot()).isEqualTo(node.leases.lease().boot());
            assertThat(row.getConnectionId()).isEqualTo(7);
            assertThat(row.getChannelId()).isEqualTo(3);
            assertThat(row.getSequenceNumber()).isEqualTo(first.sequenceNumber());
            assertThat(row.getAcceptedAt().toEpochMilli()).isEqualTo(first.acceptedAt());
            assertThat(row.getCreditable()).isTrue();
            assertThat(row.getHash()).isEqualTo(first.hash().toLittleEndian().toByteArray());
            assertThat(row.getLockingKey()).isEqualTo(Credits.KEY.toByteArray());
            assertThat(row.getUnit()).isEqualTo("hash");
            assertThat(row.getAmount()).isEqualTo(1);
            assertThat(row.getWork()).isEqualTo(Target.DIFFICULTY_ONE.work());
            assertThat(row.getOrderId()).isNull();
            assertThat(rows.get(1).getId()).isGreaterThan(row.getId());
            assertThat(sql.fetchSingle("select previous_hash from pool.tip where id = {0}", DSL.val(row.getTipId()))
                            .get(0, byte[].class))
                    .isEqualTo(first.previousHash().toLittleEndian().toByteArray());
            assertThat(sql.fetch(
                                    "select user_identity, worker from pool.account where id in ({0}, {1}) order by worker",
                                    DSL.val(row.getAccountId()),
                                    DSL.val(rows.get(1).getAccountId()))
                            .map(one -> new String(one.get(0, byte[].class), UTF_8) + "/"
                                    + new String(one.get(1, byte[].class), UTF_8)))
                    .containsExactly("alice/", "alice/rig");
            return true;
        });
        assertThat(node.payable).containsExactly(2);
    }

    @Test
    void shouldSayDuplicateWhenAnotherCommitHadTheHash() {
        LedgerNode node = node("boot");
        ShareCredit first = credits.next();
        node.commit(List.of(first));
        ShareCredit again = credits.of(first.hash());
        ShareCredit fresh = credits.next();

        assertThat(node.commit(List.of(credits.next(), again, fresh)))
                .containsExactly(Outcome.RECORDED, Outcome.DUPLICATE, Outcome.RECORDED);
        assertThat(node.commit(List.of(fresh, fresh))).containsOnly(Outcome.DUPLICATE);

        assertThat(shares()).isEqualTo(3);
        assertThat(credited().multiply(BigInteger.TWO.pow(32)).multiply(MILLION).add(carried()))
                .isEqualTo(Target.DIFFICULTY_ONE
                        .work()
                        .multiply(BigInteger.valueOf(3))
                        .multiply(MILLION));
    }

    @Test
    void shouldSayDuplicateOnceWhenABatchHasAHashTwice() {
        LedgerNode node = node("boot");
        ShareCredit share = credits.next();

        assertThat(node.commit(List.of(share, credits.of(share.hash()))))
                .containsExactly(Outcome.RECORDED, Outcome.DUPLICATE);
        assertThat(shares()).isEqualTo(1);
    }

    @Test
    void shouldSayDuplicateWhenAnotherNodeOrAnEarlierBootHadTheHash() {
        LedgerNode first = node("first");
        LedgerNode second = node("second");
        List<ShareCredit> shares = credits.next(10);
        first.commit(shares);

        assertThat(second.commit(shares)).containsOnly(Outcome.DUPLICATE);
        stop(first);
        assertThat(node("third").commit(shares)).containsOnly(Outcome.DUPLICATE);
        assertThat(shares()).isEqualTo(10);
    }

    @Test
    void shouldSayDuplicateWhenATipComesBack() {
        LedgerNode node = node("boot");
        ShareCredit onA = credits.next();
        node.commit(List.of(onA));
        node.commit(List.of(credits.newTip().next()));

        assertThat(node.commit(List.of(onA))).containsExactly(Outcome.DUPLICATE);
    }

    @Test
    void shouldKnowItsOwnWhenTheAnswerToACommitWasLost() {
        LedgerNode node = node("boot");
        ShareCredit another = credits.next();
        node.commit(List.of(another));
        List<ShareCredit> batch = List.of(credits.next(), credits.of(another.hash()), credits.next());
        node.answersLost = true;

        assertThatThrownBy(() -> node.commit(batch)).hasStackTraceContaining("lost");
        assertThat(shares()).isEqualTo(3);

        assertThat(node.commit(batch)).containsExactly(Outcome.RECORDED, Outcome.DUPLICATE, Outcome.RECORDED);
        assertThat(shares()).isEqualTo(3);
        assertThat(node.commit(List.of(credits.next()))).containsExactly(Outcome.RECORDED);
        assertThat(credited().multiply(BigInteger.TWO.pow(32)).multiply(MILLION).add(carried()))
                .isEqualTo(Target.DIFFICULTY_ONE
                        .work()
                        .multiply(BigInteger.valueOf(4))
                        .multiply(MILLION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775808", "18446744073709551615"})
    void shouldKeepTheAmountExactlyWhenItIsLarge(String amount) {
        BigInteger work = Target.ofExpectedHashes(0x1p100).work();
        terms = new PayTerms(new PayPolicy.Work(work.divide(new BigInteger(amount))), 0, Duration.ofDays(30));
        LedgerNode node = node("boot");
        BigInteger[] exact = work.divideAndRemainder(work.divide(new BigInteger(amount)));

        node.commit(List.of(credits.target(Target.ofExpectedHashes(0x1p100)).next()));

        assertThat(credited()).isEqualTo(exact[0].min(new BigInteger("18446744073709551615")));
        long kept = sql(sql -> sql.selectFrom(SHARE).fetchSingle().getAmount());
        assertThat(new BigInteger(Long.toUnsignedString(kept))).isEqualTo(credited());
    }

    @Test
    void shouldCarryWhatIsLessThanAUnitUntilItIsOne() {
        LedgerNode node = node("boot");
        BigInteger work = Target.DIFFICULTY_ONE.work();
        terms = new PayTerms(new PayPolicy.Work(work.multiply(BigInteger.valueOf(3))), 0, Duration.ofDays(30));

        node.commit(credits.next(2));
        assertThat(credited()).isEqualTo(BigInteger.ZERO);
        assertThat(carried()).isEqualTo(work.multiply(BigInteger.TWO).multiply(MILLION));
        assertThat(node.payable).isEmpty();

        node.commit(credits.next(2));
        assertThat(credited()).isEqualTo(BigInteger.ONE);
        assertThat(carried()).isEqualTo(work.multiply(MILLION));
        assertThat(node.payable).containsExactly(1);
    }

    @Test
    void shouldPayNobodyWhenThereIsNoKeyOrTheMinerMinesSolo() {
        LedgerNode node = node("boot");
        node.commit(List.of(
                credits.key(Optional.empty()).next(),
                credits.key(Optional.of(Credits.KEY)).creditable(false).next()));

        assertThat(shares()).isEqualTo(2);
        assertThat(credited()).isEqualTo(BigInteger.ZERO);
        sql(sql -> {
            assertThat(sql.fetchCount(CARRY)).isZero();
            var keyless = sql.selectFrom(KEYLESS).fetchSingle();
            assertThat(keyless.getShares()).isEqualTo(2);
            assertThat(keyless.getWork()).isEqualTo(Target.DIFFICULTY_ONE.work().multiply(BigInteger.TWO));
            return true;
        });
        assertThat(node.payable).isEmpty();
    }

    @Test
    void shouldRefuseTheOneThatCannotBeKeptWhenItsNeighboursCan() {
        LedgerNode node = node("boot");
        List<ShareCredit> batch = new ArrayList<>(credits.next(9));
        ShareCredit broken = credits.key(Optional.of(Bytes.fromHex("02ff"))).next();
        batch.add(4, broken);

        List<Outcome> expected = new ArrayList<>(Collections.nCopies(10, Outcome.RECORDED));
        expected.set(4, Outcome.REFUSED);
        assertThat(node.commit(batch)).isEqualTo(expected);
        assertThat(shares()).isEqualTo(9);
    }

    @Test
    void shouldKeepIdentitiesOfAnyBytes() {
        LedgerNode node = node("boot");
        ShareCredit plain = credits.next();
        byte[] identity = {0, (byte) 0xff, 'a'};
        ShareCredit strange = new ShareCredit(
                plain.bootId(),
                1,
                1,
                1,
                credits.hash(),
                plain.previousHash(),
                plain.headerTime(),
                plain.target(),
                Text.of(Bytes.of(identity)),
                Optional.of(Text.of(Bytes.of(identity))),
                plain.lockingKey(),
                true,
                1);

        assertThat(node.commit(List.of(strange))).containsExactly(Outcome.RECORDED);
    }

    @Test
    void shouldMakePartitionsAheadWhenTipsComeAndGo() {
        LedgerNode node = node("boot");
        for (int i = 0; i < 2 * SharePartitions.TIPS + 5; i++) {
            assertThat(node.commit(List.of(credits.newTip().next()))).containsExactly(Outcome.RECORDED);
        }
        List<String> partitions = sql(sql -> sql.fetch(
                        "select relname from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = 'pool.share'::regclass order by 1")
                .map(row -> row.get(0, String.class)));
        assertThat(partitions).containsExactly("share_0", "share_1", "share_2", "share_3");
    }

    @Test
    void shouldTellDifferentSharesApartWhenTheirHashesDifferInOneBit() {
        LedgerNode node = node("boot");
        U256 hash = credits.hash();
        List<ShareCredit> batch = new ArrayList<>();
        batch.add(credits.of(hash));
        for (int bit = 0; bit < 256; bit++) {
            batch.add(credits.of(U256.of(hash.toBigInteger().flipBit(bit))));
        }

        assertThat(node.commit(batch)).hasSize(257).containsOnly(Outcome.RECORDED);
    }

    @Test
    void shouldPassCarriesOnWhenTheNextBootTakesOver() {
        terms = new PayTerms(
                new PayPolicy.Work(Target.DIFFICULTY_ONE.work().multiply(BigInteger.TWO)), 0, Duration.ofDays(30));
        LedgerNode first = node("first");
        first.commit(credits.next(1));
        first.commit(credits.key(Optional.empty()).next(1));
        stop(first);

        LedgerNode second = node("second");
        assertThat(second.leases.lease().node())
                .isNotEqualTo(first.leases.lease().node());
        LedgerNode.await(second.upkeep.start());
        Awaitility.await()
                .until(() -> sql(sql -> sql.selectFrom(CARRY).fetchSingle().getNodeId())
                        .equals(second.leases.lease().node()));
        second.commit(credits.key(Optional.of(Credits.KEY)).next(1));

        assertThat(credited()).isEqualTo(BigInteger.ONE);
        assertThat(carried()).isEqualTo(BigInteger.ZERO);
        int keyless = sql(sql -> sql.selectFrom(KEYLESS).fetchSingle().getNodeId());
        assertThat(keyless).isEqualTo(second.leases.lease().node());
    }

    @Test
    void shouldRecordNothingWhenAnotherProcessTookOver() throws Exception {
        LedgerNode stalled = node("stalled");
        stalled.commit(credits.next(1));
        TestServer.execute("update pool.node set lease_until = now() - interval '1 second'");
        LedgerNode survivor = node("survivor");
        LedgerNode.await(survivor.upkeep.start());
        Awaitility.await()
                .until(() -> sql(sql -> sql.fetchCount(
                                CARRY, CARRY.NODE_ID.eq(survivor.leases.lease().node())))
                        == 1);

        assertThatThrownBy(() -> stalled.commit(credits.next(1))).hasRootCauseInstanceOf(NodeTakenOverException.class);
        assertThat(shares()).isEqualTo(1);
    }

    @Test
    void shouldEndCarriesWhenNothingWasAddedForLong() throws Exception {
        terms = new PayTerms(
                new PayPolicy.Work(Target.DIFFICULTY_ONE.work().multiply(BigInteger.TWO)), 0, Duration.ofDays(30));
        LedgerNode node = node("boot");
        node.commit(credits.next(1));
        node.commit(credits.key(Optional.of(Credits.OTHER_KEY)).next(1));
        TestServer.execute("update pool.carry set updated_at = now() - interval '31 days' where locking_key = '\\x"
                + Credits.KEY.toHex() + "'");

        int lapsed = database.transactBlocking(
                Isolation.READ_COMMITTED, sql -> Succession.lapse(sql, node.leases.lease(), Duration.ofDays(30)));

        assertThat(lapsed).isEqualTo(1);
        assertThat(carried()).isEqualTo(Target.DIFFICULTY_ONE.work().multiply(MILLION));
        sql(sql -> {
            var row = sql.selectFrom(LAPSED_CARRY).fetchSingle();
            assertThat(row.getLockingKey()).isEqualTo(Credits.KEY.toByteArray());
            assertThat(row.getCarry()).isEqualTo(Target.DIFFICULTY_ONE.work().multiply(MILLION));
            return true;
        });
    }

    @Test
    void shouldKeepTheWorkOfAnyTargetExactly() {
        LedgerNode node = node("boot");
        List<ShareCredit> batch = new ArrayList<>();
        for (int bit = 0; bit < 256; bit++) {
            batch.add(credits.target(Target.of(U256.of(BigInteger.ONE.shiftLeft(bit))))
                    .next());
        }
        batch.add(credits.target(Target.EASIEST).next());

        node.commit(batch);

        List<BigInteger> kept =
                sql(sql -> sql.select(SHARE.WORK).from(SHARE).orderBy(SHARE.ID).fetch(SHARE.WORK));
        assertThat(kept)
                .isEqualTo(batch.stream().map(credit -> credit.target().work()).toList());
    }

    @Test
    void shouldFailTheCommitAndKeepTheCreditsWhenNoPartitionTakesThem() throws Exception {
        LedgerNode node = node("boot");
        node.commit(credits.next(1));
        TestServer.execute("alter table pool.share detach partition pool.share_0");
        List<ShareCredit> batch = credits.next(2);

        assertThatThrownBy(() -> node.commit(batch)).hasStackTraceContaining("no partition");

        TestServer.execute("alter table pool.share attach partition pool.share_0 for values from (0) to ("
                + SharePartitions.TIPS + ")");
        assertThat(node.commit(batch)).containsOnly(Outcome.RECORDED);
    }

    @Test
    void shouldRecordNothingWhileTheDatabaseTakesNoWrites() throws Exception {
        LedgerNode node = node("boot");
        node.commit(credits.next(1));
        List<ShareCredit> batch = credits.next(2);
        String role = TestServer.login().user();
        TestServer.execute("alter role " + role + " set default_transaction_read_only = on");
        try {
            TestServer.endSessions();
            // Sessions from before fail in another way.
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> node.commit(batch)).hasStackTraceContaining("read-only"));
        } finally {
            TestServer.execute("begin read write; alter role " + role + " reset default_transaction_read_only; commit");
            TestServer.endSessions();
        }

        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(node.commit(batch)).containsOnly(Outcome.RECORDED));
        assertThat(shares()).isEqualTo(3);
    }
}
