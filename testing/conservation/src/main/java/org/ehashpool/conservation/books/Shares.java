package org.ehashpool.conservation.books;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ehashpool.conservation.load.ShareLog;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * What miners saw against what the pool credited, share by share: all that was acknowledged is credited, once, to its
 * owner; nothing is credited that nobody sent.
 */
public final class Shares {
    private final Map<U256, Fate> fates = new HashMap<>();
    private final List<String> keys;
    private long acknowledged;
    private long credited;
    private long creditedUnanswered;
    private long creditedRefused;

    private static final class Fate {
        private final int owner;
        private boolean acknowledged;
        private boolean refused;
        private boolean credited;

        Fate(int owner) {
            this.owner = owner;
        }
    }

    /**
     * Nothing yet.
     *
     * @param keys of the owners, by their numbers
     */
    public Shares(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Takes what miners saw. */
    public void saw(ShareLog log, Differences differences) throws IOException {
        log.read((event, owner, hash) -> {
            saw(event, owner, hash, differences);
        });
    }

    void saw(ShareLog.Event event, int owner, U256 hash, Differences differences) {
        switch (event) {
            case SENT -> {
                if (fates.put(hash, new Fate(owner)) != null) {
                    differences.add("sent twice by the load itself", hash.toHex());
                }
            }
            case ACKNOWLEDGED -> {
                Fate fate = fates.get(hash);
                if (fate == null || fate.acknowledged) {
                    differences.add("acknowledged twice, or never sent", hash.toHex());
                } else {
                    fate.acknowledged = true;
                    acknowledged++;
                }
            }
            case REFUSED -> {
                Fate fate = fates.get(hash);
                if (fate != null) {
                    fate.refused = true;
                }
            }
        }
    }

    /** Compares with the pool's ledger. */
    public void compare(Rows pool, Differences differences) throws SQLException {
        pool.read("select hash, locking_key, amount, order_id from pool.share", row -> credit(row, differences));
        findUncredited(differences);
    }

    /** After all credits. */
    void findUncredited(Differences differences) {
        fates.forEach((hash, fate) -> {
            if (fate.acknowledged && !fate.credited) {
                differences.add("acknowledged and not credited", hash.toHex());
            }
        });
    }

    private void credit(ResultSet row, Differences differences) throws SQLException {
        byte[] key = row.getBytes("locking_key");
        credit(
                U256.fromLittleEndian(row.getBytes("hash"), 0),
                key == null ? null : HexFormat.of().formatHex(key),
                row.getBigDecimal("amount") != null,
                row.getObject("order_id") != null,
                differences);
    }

    /** One credit, as the ledger has it. */
    void credit(U256 hash, @Nullable String key, boolean payable, boolean ordered, Differences differences) {
        credited++;
        Fate fate = fates.get(hash);
        if (fate == null) {
            differences.add("credited, and sent by nobody", hash.toHex());
            return;
        }
        if (fate.credited) {
            differences.add("credited twice", hash.toHex());
        }
        fate.credited = true;
        if (key == null
                || (fate.owner == ShareLog.WALLET
                        ? keys.contains(key)
                        : !keys.get(fate.owner).equals(key))) {
            differences.add("credited to another key", hash.toHex() + " to " + key);
        }
        if (!payable) {
            differences.add("credited without an amount", hash.toHex());
        }
        if (!ordered) {
            differences.add("credited and in no order", hash.toHex());
        }
        if (fate.refused) {
            creditedRefused++;
        } else if (!fate.acknowledged) {
            creditedUnanswered++;
        }
    }

    /** Shares sent. */
    public long sent() {
        return fates.size();
    }

    /** Shares that a miner saw acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Rows of the ledger. */
    public long credited() {
        return credited;
    }

    /** Shares that were credited and whose answer never arrived: allowed. */
    public long creditedUnanswered() {
        return creditedUnanswered;
    }

    /** Shares that were credited although their miner was told otherwise: in the miner's favour. */
    public long creditedRefused() {
        return creditedRefused;
    }
}
