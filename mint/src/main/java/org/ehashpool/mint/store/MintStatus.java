package org.ehashpool.mint.store;

import java.util.Optional;

/**
 * What all processes of a mint agree on.
 *
 * @param profile whose the database is
 * @param publicKey the mint's public key, 66 hex digits
 * @param history the past that the operator knows of
 * @param readOnly set while nothing is signed, spent or quoted
 * @param quotingStopped set while no new quotes are made
 */
public record MintStatus(
        String profile,
        String publicKey,
        DatabaseHistory history,
        Optional<Halt> readOnly,
        Optional<Halt> quotingStopped) {}
