package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.wallet.mint.MintClient;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.operation.Consolidation;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.WalletSchema;
import org.ehashpool.wallet.store.WalletStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A wallet, a mint, and what may go wrong between them. */
abstract class WalletScenario {

    static final String WORDS = "half depart obvious quality work element tank gorilla view sugar picture humble";

    /** Real time, as mints want it, and further as far as a test goes. */
    final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    final InstantSource clock = () -> Instant.now().plus(ahead.get());
    final SecureRandom random = new SecureRandom();
    final WalletSeed seed = WalletSeed.ofWords(WORDS, "");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable RealMint mint;
    private @Nullable Database database;
    private @Nullable Interference interference;
    private @Nullable Wallet wallet;

    @BeforeEach
    void begin() throws Exception {
        RealMint started = new RealMint(clock);
        mint = started;
        opened.add(started::stop);
        emptyDatabase();
        reopen();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    final void emptyDatabase() throws Exception {
        Database made = TestServer.openEmpty(WalletSchema.STANDALONE);
        database = made;
        opened.add(made);
    }

    /** As after a crash: another wallet object with what the database has. */
    final void reopen() {
        WalletOptions options = options();
        MintClient client =
                new MintClient(MintClient.http(Duration.ofSeconds(5)), mint().url(), options.requestTimeout());
        Interference made = new Interference(client);
        interference = made;
        Wallet opening = Wallet.open(store(), seed, options, new Surroundings(url -> made, clock, random));
        wallet = opening;
        opened.add(opening);
    }

    WalletOptions options() {
        return new WalletOptions(
                List.of(new TrustedMint(mint().url(), Optional.of(mint().publicKey()))),
                Set.of("hash"),
                false,
                Duration.ofDays(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Consolidation.Settings.DEFAULT);
    }

    final WalletStore store() {
        return new WalletStore(Objects.requireNonNull(database), WalletSchema.STANDALONE);
    }

    final RealMint mint() {
        return Objects.requireNonNull(mint);
    }

    final Interference interference() {
        return Objects.requireNonNull(interference);
    }

    final Wallet wallet() {
        return Objects.requireNonNull(wallet);
    }

    final String quote(long amount) throws Exception {
        return mint().quote(wallet().lockingKey(), Amount.of(amount));
    }

    final int claim() {
        return wallet().claim(mint().url());
    }

    final Operation send(long amount) {
        return wallet().send(new Transfers.SendOrder(Amount.of(amount), "hash", Optional.empty(), Optional.empty()));
    }

    final String token(Operation send) {
        return wallet().token(send.id()).orElseThrow();
    }

    /** What can be spent. */
    final BigInteger unspent() {
        return sum(wallet().balances().stream().map(Balance::unspent).toList());
    }

    private static BigInteger sum(List<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    final void assertUnspent(long amount) {
        assertThat(unspent()).isEqualTo(Amount.of(amount).toBigInteger());
    }

    /** All that the mint has issued and not taken back is in the wallet, and nothing is under way. */
    final void assertNothingLost() throws Exception {
        assertThat(wallet().openOperations()).isZero();
        BigInteger all = sum(wallet().balances().stream()
                .map(balance -> balance.unspent().add(balance.reserved()).add(balance.pending()))
                .toList());
        assertThat(all).isEqualTo(mint().circulating());
    }
}
