package org.ehashpool.mint.events;

import java.math.BigInteger;
import org.ehashpool.kit.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mint's log. Never a secret, a proof, a signature or a key. */
public final class MintEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.mint");

    private MintEvents() {}

    /** The mint has its keysets and can be used. */
    public static void opened(String profile, String publicKey, int keysets) {
        LOG.atInfo()
                .addKeyValue("profile", profile)
                .addKeyValue("public_key", publicKey)
                .addKeyValue("keysets", keysets)
                .log("mint_opened");
    }

    /** Which implementation of the curve signs and verifies, and why. */
    public static void curveSelected(String reason) {
        LOG.atInfo().addKeyValue("curve", reason).log("curve_selected");
    }

    /** A seed was made, at the first start. */
    public static void seedCreated(String file) {
        LOG.atWarn().addKeyValue("file", file).log("seed_created_back_it_up");
    }

    /** A unit has a new keyset; the one before signs no more. */
    public static void rotated(String unit, String keyset, long inputFeePpk) {
        LOG.atInfo()
                .addKeyValue("unit", unit)
                .addKeyValue("keyset", keyset)
                .addKeyValue("input_fee_ppk", inputFeePpk)
                .log("keyset_rotated");
    }

    /** The keyset that signs for a unit expires soon: from then on it mints and swaps nothing until it is rotated. */
    public static void keysetExpires(String unit, String keyset, long seconds) {
        LOG.atWarn()
                .addKeyValue("unit", unit)
                .addKeyValue("keyset", keyset)
                .addKeyValue("expires_in_seconds", seconds)
                .log("keyset_expires_rotate_before");
    }

    /** The keyset that signs for a unit has expired: it quotes, mints and swaps nothing until it is rotated. */
    public static void keysetExpired(String unit, String keyset) {
        LOG.atError().addKeyValue("unit", unit).addKeyValue("keyset", keyset).log("keyset_expired_rotate_now");
    }

    /** Nothing is signed, spent or quoted from now on. */
    public static void readOnly(String reason) {
        LOG.atError().addKeyValue("reason", reason).log("read_only");
    }

    /** The operator has retired what a restore may have damaged. */
    public static void retired(String unit, BigInteger circulating, BigInteger mintable) {
        LOG.atWarn()
                .addKeyValue("unit", unit)
                .addKeyValue("circulating", circulating)
                .addKeyValue("mintable", mintable)
                .log("keysets_retired");
    }

    /** No quotes are made from now on. */
    public static void quotingStopped(String reason) {
        LOG.atWarn().addKeyValue("reason", reason).log("quoting_stopped");
    }

    /** Quotes are made again. */
    public static void quotingResumed() {
        LOG.atInfo().log("quoting_resumed");
    }

    /** What may be owed has another limit. */
    public static void limitChanged(String unit, String limit) {
        LOG.atInfo().addKeyValue("unit", unit).addKeyValue("limit", limit).log("outstanding_limit_changed");
    }

    /** A pool ordered a quote for a share that has one with another amount, unit or key. */
    public static void orderConflict(String shareHash) {
        LOG.atError().addKeyValue("share_hash", shareHash).log("quote_order_conflict");
    }

    /** The regular look at the database failed; the next one follows. */
    public static void upkeepFailed(Throwable cause) {
        LOG.atWarn().addKeyValue("cause", cause.toString()).log("upkeep_failed");
    }

    /** A wallet's request could not be answered, for a reason of ours. */
    public static void requestFailed(String method, String path, Throwable cause) {
        LOG.atError()
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .setCause(cause)
                .log("request_failed");
    }

    /** Wallets can connect. */
    public static void listening(HostPort address) {
        LOG.atInfo().addKeyValue("address", address).log("public_listening");
    }

    /** A wallet does not read what it subscribed to, and was dropped. */
    public static void subscriberDropped(String peer, String reason) {
        LOG.atDebug().addKeyValue("peer", peer).addKeyValue("reason", reason).log("subscriber_dropped");
    }

    /** What other processes have changed could not be looked for; the next look follows. */
    public static void refreshFailed(Throwable cause) {
        LOG.atWarn().addKeyValue("cause", cause.toString()).log("subscriptions_refresh_failed");
    }

    /** A pool has taken the mint as what it is, and may order quotes. */
    public static void poolKnowsMint(String host, int port, long connectionId) {
        LOG.atInfo()
                .addKeyValue("pool", host + ":" + port)
                .addKeyValue("connection", connectionId)
                .log("pool_knows_mint");
    }

    /** A pool does not want this mint; it is asked again later. */
    public static void poolRefusesMint(String host, int port, String reason) {
        LOG.atError()
                .addKeyValue("pool", host + ":" + port)
                .addKeyValue("reason", reason)
                .log("pool_refuses_mint");
    }

    /** It is not known what became of a transaction of orders; the pool asks again. */
    public static void ordersFailed(int orders, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("orders", orders)
                .addKeyValue("cause", cause.toString())
                .log("orders_failed");
    }

    /** The mint stops: no more orders are taken. */
    public static void ordersDrained(boolean all) {
        LOG.atInfo().addKeyValue("all_answered", all).log("orders_drained");
    }
}
