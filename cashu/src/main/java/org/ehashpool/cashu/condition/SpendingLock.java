package org.ehashpool.cashu.condition;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ehashpool.cashu.point.PublicKey;

/**
 * What a {@link LockedSecret} means.
 *
 * @param flag what signatures cover
 * @param hash of the preimage that the main pathway needs besides signatures
 * @param main always open
 * @param refund open after the locktime; empty if the secret has none, and then the lock ends with the locktime
 * @param locktime seconds since the epoch; empty if the lock is for ever
 */
record SpendingLock(
        SigFlag flag, Optional<byte[]> hash, Pathway main, Optional<Pathway> refund, OptionalLong locktime) {
    private static final int HASH_LENGTH = 32;
    private static final int HEX_LENGTH = 2 * HASH_LENGTH;

    /** No count is longer: a secret has no room for a thousand keys. */
    private static final int COUNT_DIGITS = 3;

    private static final int LOCKTIME_DIGITS = 18;

    /**
     * Reads what it means.
     *
     * @throws BrokenLockException if NUT-11 or NUT-14 has it rejected as unspendable
     */
    static SpendingLock of(LockedSecret secret) {
        Tags tags = new Tags(secret.tags());
        List<PublicKey> keys = new ArrayList<>();
        Optional<byte[]> hash =
                switch (secret.kind()) {
                    case P2PK -> {
                        keys.add(key(secret.data()));
                        yield Optional.empty();
                    }
                    case HTLC -> Optional.of(hash(secret.data()));
                };
        Optional<List<String>> more = tags.values("pubkeys");
        more.stream().flatMap(List::stream).map(SpendingLock::key).forEach(keys::add);
        Optional<Integer> required = count(tags, "n_sigs", keys.size());
        // NUT-14: "If the pubkeys tag is absent, the preimage alone spends the proof".
        boolean open = secret.kind() == LockKind.HTLC && more.isEmpty();
        Pathway main = open ? Pathway.OPEN : new Pathway(keys, required.orElse(1));

        Optional<List<PublicKey>> refundKeys = tags.values("refund")
                .map(values -> values.stream().map(SpendingLock::key).toList());
        Optional<Integer> refundRequired =
                count(tags, "n_sigs_refund", refundKeys.map(List::size).orElse(0));
        return new SpendingLock(
                flag(tags),
                hash,
                main,
                refundKeys.map(all -> new Pathway(all, refundRequired.orElse(1))),
                locktime(tags));
    }

    /** NUT-11: "If a P2PK secret has any other signature flag value, the P2PK secret is malformed". */
    private static SigFlag flag(Tags tags) {
        Optional<String> name = tags.single("sigflag");
        if (name.isEmpty()) {
            return SigFlag.SIG_INPUTS;
        }
        return Stream.of(SigFlag.values())
                .filter(flag -> flag.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new BrokenLockException("sigflag is none"));
    }

    /** NUT-11: "is not a positive integer, or exceeds the total number of keys in its pathway": malformed. */
    private static Optional<Integer> count(Tags tags, String name, int keys) {
        return tags.single(name).map(digits -> {
            if (!digits(digits, COUNT_DIGITS)) {
                throw new BrokenLockException(name + " is no positive integer");
            }
            int count = Integer.parseInt(digits);
            if (count < 1 || count > keys) {
                throw new BrokenLockException(name + " is not from 1 to the number of keys");
            }
            return count;
        });
    }

    /** NUT-11: "If the locktime tag is not present, or is not a valid unix time, the lock is considered permanent". */
    private static OptionalLong locktime(Tags tags) {
        Optional<List<String>> values = tags.values("locktime");
        return values.isPresent()
                        && values.get().size() == 1
                        && digits(values.get().getFirst(), LOCKTIME_DIGITS)
                ? OptionalLong.of(Long.parseLong(values.get().getFirst()))
                : OptionalLong.empty();
    }

    private static boolean digits(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static PublicKey key(String hex) {
        try {
            return PublicKey.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new BrokenLockException("a key is no compressed point");
        }
    }

    private static byte[] hash(String hex) {
        try {
            if (hex.length() == HEX_LENGTH) {
                return HexFormat.of().parseHex(hex);
            }
        } catch (IllegalArgumentException e) {
            throw new BrokenLockException("data is no hash");
        }
        throw new BrokenLockException("data is no hash");
    }

    /** NUT-11: "the mint's local clock is greater than locktime". */
    boolean expired(long now) {
        return locktime.isPresent() && now > locktime.getAsLong();
    }

    /** Tags by name. Those that NUT-11 knows may be there once; others may be what they like. */
    private record Tags(List<List<String>> all) {
        private static final List<String> KNOWN =
                List.of("sigflag", "pubkeys", "n_sigs", "locktime", "refund", "n_sigs_refund");

        Tags {
            for (String name : KNOWN) {
                if (all.stream().filter(tag -> tag.getFirst().equals(name)).count() > 1) {
                    throw new BrokenLockException(name + " is there twice");
                }
            }
        }

        Optional<List<String>> values(String name) {
            return all.stream()
                    .filter(tag -> tag.getFirst().equals(name))
                    .findFirst()
                    .map(tag -> tag.subList(1, tag.size()));
        }

        Optional<String> single(String name) {
            return values(name).map(values -> {
                if (values.size() != 1) {
                    throw new BrokenLockException(name + " has not one value");
                }
                return values.getFirst();
            });
        }
    }
}
