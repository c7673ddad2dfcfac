package org.ehashpool.conservation.books;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.wallet.Balance;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.store.WalletSchema;
import org.ehashpool.wallet.store.WalletStore;

/** The owners of the miners' keys: one wallet that has them all. */
public final class Claims implements AutoCloseable {
    private static final int SEED_BYTES = 64;

    private final Database database;
    private final WalletSeed seed;
    private final Wallet wallet;
    private final MintUrl mint;

    /**
     * Opens it.
     *
     * @param login of a role named {@code wallet}
     * @param mintUrl where the mint serves wallets
     * @param mintKey the mint's public key
     */
    public Claims(PostgresLogin login, String mintUrl, String mintKey, List<SecretKey> keys, SecureRandom random) {
        mint = new MintUrl(mintUrl);
        byte[] bytes = new byte[SEED_BYTES];
        random.nextBytes(bytes);
        seed = WalletSeed.of(bytes);
        database = Database.open(
                PostgresConfig.embeddedIn(Path.of("unused")).at(login),
                WalletSchema.STANDALONE,
                new SimpleMeterRegistry(),
                random);
        WalletOptions options = WalletOptions.of(List.of(TrustedMint.parse(mintUrl + "#" + mintKey)));
        wallet = Wallet.open(
                new WalletStore(database, WalletSchema.STANDALONE),
                seed,
                options,
                Wallet.overHttp(options, InstantSource.system(), random));
        keys.forEach(wallet::give);
    }

    /**
     * Claims what there is.
     *
     * @return how many quotes were minted from
     * @throws IllegalStateException in words, when the mint fails
     */
    public int claim() {
        try {
            return wallet.claim(mint);
        } catch (MintException e) {
            throw new IllegalStateException(e.problem(), e);
        }
    }

    /** What the wallet has. */
    public BigInteger balance() {
        return wallet.balances().stream().map(Balance::unspent).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Operations that have no answer. */
    public int open() {
        return wallet.openOperations();
    }

    @Override
    public void close() {
        wallet.close();
        seed.close();
        database.close();
    }
}
