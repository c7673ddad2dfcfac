package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.MINT;
import static org.ehashpool.wallet.generated.Tables.WALLET_STATUS;

import java.time.Instant;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.mint.MintUrl;
import org.jooq.DSLContext;

/** Whose the database is, and the mints it has ecash of. */
public record StatusTable(DSLContext sql) {

    /**
     * Makes the database that of a seed, unless it is one's already.
     *
     * @param firstKey the seed's first locking key
     * @return whose it is
     */
    public PublicKey claim(PublicKey firstKey, Instant now) {
        sql.insertInto(WALLET_STATUS)
                .set(WALLET_STATUS.FIRST_KEY, firstKey.toBytes())
                .set(WALLET_STATUS.CREATED_AT, now)
                .onConflict(WALLET_STATUS.ONLY_ROW)
                .doNothing()
                .execute();
        return PublicKey.of(sql.select(WALLET_STATUS.FIRST_KEY)
                .from(WALLET_STATUS)
                .fetchSingle()
                .value1());
    }

    /**
     * Remembers a mint, unless it is known.
     *
     * @return the public key it is known by
     */
    public PublicKey addMint(MintUrl url, PublicKey key, Instant now) {
        sql.insertInto(MINT)
                .set(MINT.URL, url.text())
                .set(MINT.PUBLIC_KEY, key.toBytes())
                .set(MINT.ADDED_AT, now)
                .onConflict(MINT.URL)
                .doNothing()
                .execute();
        return PublicKey.of(sql.select(MINT.PUBLIC_KEY)
                .from(MINT)
                .where(MINT.URL.eq(url.text()))
                .fetchSingle()
                .value1());
    }
}
