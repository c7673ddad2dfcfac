package org.ehashpool.pool.connection;

import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/**
 * Whom a channel's shares are paid to, unless a share says otherwise: the key that the channel was opened with, else the
 * one in its user_identity, else nobody.
 *
 * @param ofIdentity the key in the user_identity
 * @param ofChannel the key that came with the request to open the channel; part of the extension's state
 */
record Payee(Optional<Bytes> ofIdentity, Optional<Bytes> ofChannel) {
    static final Payee NOBODY = new Payee(Optional.empty(), Optional.empty());

    /** Of a request to open a channel. */
    static Payee of(Text userIdentity, Optional<Bytes> ofChannel) {
        return new Payee(LockingKeys.inIdentity(userIdentity), ofChannel);
    }

    /** Whether each key that is there can be paid. */
    boolean isValid(LockingKeys keys) {
        return ofIdentity.map(keys::isPoint).orElse(true)
                && ofChannel.map(keys::isPoint).orElse(true);
    }

    /** Who is paid. */
    Optional<Bytes> key() {
        return ofChannel.isPresent() ? ofChannel : ofIdentity;
    }

    /** The state of the extension is reset. */
    Payee withoutExtension() {
        return new Payee(ofIdentity, Optional.empty());
    }
}
