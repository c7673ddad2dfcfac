package org.ehashpool.translator.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.TlvField;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.translator.work.MinerIdentity;

/**
 * What an upstream is told of who mines.
 *
 * @param configured our account there, empty for the miners' own
 * @param walletKey who is paid now for miners whose names are no keys
 */
record Identities(String configured, Supplier<Optional<Bytes>> walletKey) {
    private static final int LONGEST = 255;
    /** Identities of this form have their parts between slashes, the worker's last. */
    private static final String SLASHED = "sri/";

    /** Whose the ehash is. */
    Optional<Bytes> lockingKey(MinerIdentity who) {
        return who.lockingKey().or(walletKey);
    }

    /**
     * The user_identity of a miner's channel. Where the upstream does not take keys as such, the key that is to be paid
     * stands in the account's place.
     *
     * @param granted the extensions in force
     */
    Text ofChannel(MinerIdentity who, Extensions granted) {
        if (!configured.isEmpty()) {
            String worker = who.worker().isEmpty() && who.lockingKey().isEmpty() ? who.account() : who.worker();
            String separator = configured.startsWith(SLASHED) ? "/" : ".";
            return cut(worker.isEmpty() ? configured : configured + separator + worker, LONGEST);
        }
        Optional<Bytes> key = lockingKey(who);
        if (key.isEmpty() || granted.contains(Ehash.EXTENSION)) {
            return cut(who.username(), LONGEST);
        }
        String worker = who.lockingKey().isPresent() ? who.worker() : who.username();
        return cut(key.get().toHex() + (worker.isEmpty() ? "" : "." + worker), LONGEST);
    }

    /** The user_identity of the channel that all miners share. */
    Text ofSharedChannel() {
        return cut(configured, LONGEST);
    }

    /** What stands behind OpenExtendedMiningChannel: whose the shares are that do not say. */
    List<Tlv> behindOpen(Optional<Bytes> key, Extensions granted) {
        return granted.contains(Ehash.EXTENSION)
                ? key.map(Ehash::lockingKey).map(List::of).orElse(List.of())
                : List.of();
    }

    /** What stands behind SubmitSharesExtended: who mined it, and whose it is. */
    List<Tlv> behindShare(MinerIdentity who, Extensions granted) {
        if (granted.isEmpty()) {
            return List.of();
        }
        List<Tlv> tlvs = new ArrayList<>(2);
        if (granted.contains(WorkerTracking.EXTENSION)) {
            String worker = who.worker().isEmpty() && who.lockingKey().isEmpty() ? who.username() : who.worker();
            if (!worker.isEmpty()) {
                tlvs.add(WorkerTracking.userIdentity(cut(worker, TlvField.USER_IDENTITY.maximumLength())));
            }
        }
        if (granted.contains(Ehash.EXTENSION)) {
            lockingKey(who).map(Ehash::lockingKey).ifPresent(tlvs::add);
        }
        return tlvs;
    }

    /** No more than so many bytes, and no character in part. */
    static Text cut(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, most);
        // A byte 10xxxxxx goes on with a character that began before.
        while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return Text.copyOf(bytes, 0, length);
    }
}
