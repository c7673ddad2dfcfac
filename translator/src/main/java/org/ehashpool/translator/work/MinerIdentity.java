package org.ehashpool.translator.work;

import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;

/**
 * Whom a share is for.
 *
 * @param username as authorised
 * @param account the part before the first dot
 * @param worker the part after it, empty if there is none
 * @param lockingKey the account as a compressed secp256k1 key, if it is one: the share's ehash is locked to it
 */
public record MinerIdentity(String username, String account, String worker, Optional<Bytes> lockingKey) {}
