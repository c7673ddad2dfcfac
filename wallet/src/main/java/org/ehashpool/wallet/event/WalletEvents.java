package org.ehashpool.wallet.event;

import java.math.BigInteger;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.store.Operation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wallet's log. Never a seed, a secret key, a proof or a token. */
public final class WalletEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.wallet");

    private WalletEvents() {}

    /** The wallet can be used. */
    public static void opened(int mints, String lockingKey) {
        LOG.atInfo()
                .addKeyValue("mints", mints)
                .addKeyValue("locking_key", lockingKey)
                .log("wallet_opened");
    }

    /** A seed was made, at the first start. */
    public static void seedCreated(String file) {
        LOG.atWarn().addKeyValue("file", file).log("wallet_seed_created_back_it_up");
    }

    /** Ecash was minted from quotes. */
    public static void claimed(Operation operation, int quotes) {
        LOG.atInfo()
                .addKeyValue("mint", operation.mint())
                .addKeyValue("amount", operation.amount())
                .addKeyValue("unit", operation.unit())
                .addKeyValue("quotes", quotes)
                .log("claimed");
    }

    /** An operation other than a claim is done. */
    public static void done(Operation operation, Amount amount) {
        LOG.atInfo()
                .addKeyValue("operation", operation.id())
                .addKeyValue("kind", operation.kind().label())
                .addKeyValue("mint", operation.mint())
                .addKeyValue("amount", amount)
                .addKeyValue("unit", operation.unit())
                .log("operation_done");
    }

    /** The faucet has given. */
    public static void given(Operation send) {
        LOG.atInfo()
                .addKeyValue("operation", send.id())
                .addKeyValue("mint", send.mint())
                .addKeyValue("amount", send.amount())
                .addKeyValue("unit", send.unit())
                .log("faucet_given");
    }

    /** An operation had no clear answer, and is tried again. */
    public static void postponed(Operation operation, String problem, long seconds) {
        LOG.atWarn()
                .addKeyValue("operation", operation.id())
                .addKeyValue("kind", operation.kind().label())
                .addKeyValue("mint", operation.mint())
                .addKeyValue("problem", problem)
                .addKeyValue("retry_seconds", seconds)
                .log("operation_postponed");
    }

    /** Ecash was found that a mint had signed without the wallet's knowledge. */
    public static void recovered(MintUrl mint, BigInteger amount, int proofs) {
        LOG.atWarn()
                .addKeyValue("mint", mint)
                .addKeyValue("amount", amount)
                .addKeyValue("proofs", proofs)
                .log("ecash_recovered");
    }

    /** An operation's outputs had been signed for another one: the database is older than the seed's last use. */
    public static void outputsReused(Operation operation) {
        LOG.atWarn()
                .addKeyValue("operation", operation.id())
                .addKeyValue("kind", operation.kind().label())
                .addKeyValue("mint", operation.mint())
                .log("outputs_signed_before");
    }

    /** An operation is given up: nothing has happened. */
    public static void failed(Operation operation, String problem) {
        LOG.atWarn()
                .addKeyValue("operation", operation.id())
                .addKeyValue("kind", operation.kind().label())
                .addKeyValue("mint", operation.mint())
                .addKeyValue("problem", problem)
                .log("operation_failed");
    }

    /** A batch was refused; its quotes are tried one by one. */
    public static void batchParted(Operation operation, int quotes, String problem) {
        LOG.atWarn()
                .addKeyValue("mint", operation.mint())
                .addKeyValue("quotes", quotes)
                .addKeyValue("problem", problem)
                .log("batch_refused");
    }

    /** A mint does not answer, or answers nonsense. */
    public static void mintTroubled(MintUrl mint, String problem) {
        LOG.atWarn().addKeyValue("mint", mint).addKeyValue("problem", problem).log("mint_troubled");
    }

    /** A mint is well again. */
    public static void mintRecovered(MintUrl mint) {
        LOG.atInfo().addKeyValue("mint", mint).log("mint_recovered");
    }

    /** A pass over a mint failed for a reason that is not the mint's. */
    public static void passFailed(MintUrl mint, Throwable failure) {
        LOG.atError().setCause(failure).addKeyValue("mint", mint).log("wallet_pass_failed");
    }

    /** The next locking key could not be made; the last one stays in use. */
    public static void upkeepFailed(Throwable failure) {
        LOG.atError().setCause(failure).log("wallet_upkeep_failed");
    }
}
