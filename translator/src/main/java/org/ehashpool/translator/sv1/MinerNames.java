package org.ehashpool.translator.sv1;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.MinerIdentity;

/** Who is paid for a miner's shares, as its user name says. */
public final class MinerNames {
    /** Characters of a compressed key in hexadecimal; an account of this length is meant to be one. */
    static final int KEY_DIGITS = 66;

    private final Predicate<byte[]> curve;

    /** @param curve whether 32 bytes are the x coordinate of a point on secp256k1 */
    public MinerNames(Predicate<byte[]> curve) {
        this.curve = curve;
    }

    /** What a name means. */
    public sealed interface Reading {
        /** Somebody can be paid. */
        record Known(MinerIdentity identity) implements Reading {}

        /**
         * Not to be authorised: who mistypes a key would work for somebody else.
         *
         * @param words for the miner
         */
        record Refused(String words) implements Reading {}
    }

    /** {@code ACCOUNT[.WORKER]}. */
    public Reading read(String username) {
        if (username.chars().anyMatch(Character::isISOControl)) {
            return new Reading.Refused("The user name has control characters");
        }
        int dot = username.indexOf('.');
        String account = dot < 0 ? username : username.substring(0, dot);
        String worker = dot < 0 ? "" : username.substring(dot + 1);
        if (account.length() != KEY_DIGITS) {
            return new Reading.Known(new MinerIdentity(username, account, worker, Optional.empty()));
        }
        return key(account)
                .<Reading>map(key -> new Reading.Known(new MinerIdentity(username, account, worker, Optional.of(key))))
                .orElseGet(() -> new Reading.Refused(
                        "The user name has the length of a public key, but is no compressed secp256k1 key"));
    }

    /** SEC 1, 2.3.3: 02 or 03 for the parity of y, then x. */
    private Optional<Bytes> key(String digits) {
        if (!digits.startsWith("02") && !digits.startsWith("03")) {
            return Optional.empty();
        }
        if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        Bytes key = Bytes.fromHex(digits);
        return curve.test(key.slice(1, key.length() - 1).toByteArray()) ? Optional.of(key) : Optional.empty();
    }
}
