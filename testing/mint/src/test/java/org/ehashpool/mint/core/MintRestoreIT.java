package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresCommands;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.operate.RetireReport;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.StepWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real backup, commits after it, and its restore. */
final class MintRestoreIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path root;

    private final TestClock clock = new TestClock();
    private final TestWallet wallet = new TestWallet(2);

    @Test
    void shouldBeReadOnlyUntilRetiredWhenABackupWasRestored() throws Exception {
        EmbeddedPostgresConfig source = EmbeddedPostgresConfig.in(root.resolve("source"));
        EmbeddedPostgresConfig target = EmbeddedPostgresConfig.in(root.resolve("target"));
        Path file = root.resolve("backup.tar.gz");
        QuoteOrder kept = order(5);
        QuoteOrder lost = order(7);
        OrderAnswer before;
        try (Database database = open(source);
                Mint mint = open(database)) {
            before = place(mint, kept);
            EmbeddedPostgresCommands.backup(source, file, Clock.systemUTC(), RANDOM);
            place(mint, lost);
        }
        EmbeddedPostgresCommands.restore(file, target, RANDOM);

        try (Database database = open(target);
                Mint mint = open(database)) {
            assertThat(mint.status().readOnly().orElseThrow().reason()).contains("restored");
            assertThat(place(mint, lost)).isEqualTo(new OrderAnswer.Refused(OrderAnswer.Reason.READ_ONLY));

            RetireReport report = MintScenario.await(mint.operate(Operator::retire));

            assertThat(report.retired()).hasSize(1);
            assertThat(report.losses().getFirst().mintable()).isEqualTo(BigInteger.valueOf(5));
            // What the pool sends again is found, or made again.
            assertThat(((OrderAnswer.Quoted) place(mint, kept)).quote())
                    .isEqualTo(((OrderAnswer.Quoted) before).quote());
            assertThat(((OrderAnswer.Quoted) place(mint, lost)).existed()).isFalse();
        }
        try (Database database = open(target);
                Mint mint = open(database)) {
            assertThat(mint.status().readOnly()).isEmpty();
        }
    }

    private QuoteOrder order(long amount) {
        return new QuoteOrder(
                wallet.secret(),
                1,
                Amount.of(amount),
                MintScenario.UNIT,
                TestWallet.publicKey(wallet.scalar()),
                clock.instant());
    }

    private static OrderAnswer place(Mint mint, QuoteOrder order) throws Exception {
        return MintScenario.await(mint.createPaidQuotes(List.of(order))).getFirst();
    }

    private static Database open(EmbeddedPostgresConfig directory) {
        return Database.open(
                PostgresConfig.embeddedIn(directory.directory()), MintSchema.SCHEMA, new SimpleMeterRegistry(), RANDOM);
    }

    private Mint open(Database database) {
        return Mint.open(
                database,
                new SeedKeys(MintScenario.SEED),
                MintProfile.EHASH,
                new Mint.Surroundings(Limits.DEFAULT, 16, 1, clock, System::nanoTime, RANDOM, StepWatch.NONE));
    }
}
