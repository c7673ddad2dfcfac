package org.ehashpool.wallet;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;
import org.ehashpool.wallet.mint.MintApi;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * What a wallet needs of the world.
 *
 * @param mints how to reach a mint
 */
public record Surroundings(Function<MintUrl, MintApi> mints, InstantSource clock, SecureRandom random) {}
