package org.ehashpool.pool.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** Makes credits of hashes that never were. */
public final class Credits {
    /** A point of the curve: its generator. */
    public static final Bytes KEY = Bytes.fromHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

    /** Another: twice the generator. */
    public static final Bytes OTHER_KEY =
            Bytes.fromHex("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");

    private final Random random;
    private long sequence;
    private U256 tip;
    private Target target = Target.DIFFICULTY_ONE;
    private Optional<Bytes> key = Optional.of(KEY);
    private boolean creditable = true;
    private String user = "alice";

    /** The same for the same seed. */
    public Credits(long seed) {
        random = new Random(seed);
        tip = hash();
    }

    /** Of another previous hash. */
    public Credits newTip() {
        tip = hash();
        return this;
    }

    Credits target(Target next) {
        target = next;
        return this;
    }

    /** Paid to a key, or nobody. */
    public Credits key(Optional<Bytes> next) {
        key = next;
        return this;
    }

    Credits creditable(boolean next) {
        creditable = next;
        return this;
    }

    Credits user(String next) {
        user = next;
        return this;
    }

    U256 hash() {
        byte[] bytes = new byte[U256.LENGTH];
        random.nextBytes(bytes);
        return U256.fromLittleEndian(bytes, 0);
    }

    /** A hash commits to its header's time: each has one, anywhere in 32 bits. */
    private static long timeOf(U256 hash) {
        return hash.hashCode() & 0xffff_ffffL;
    }

    /** One more share. */
    public ShareCredit next() {
        return of(hash());
    }

    ShareCredit of(U256 hash) {
        sequence++;
        return new ShareCredit(
                "boot",
                7,
                3,
                sequence,
                hash,
                tip,
                timeOf(hash),
                target,
                Text.of(user),
                sequence % 2 == 0 ? Optional.of(Text.of("rig")) : Optional.empty(),
                key,
                creditable,
                1_700_000_000_000L + sequence);
    }

    /** So many more shares. */
    public List<ShareCredit> next(int count) {
        List<ShareCredit> credits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            credits.add(next());
        }
        return credits;
    }
}
