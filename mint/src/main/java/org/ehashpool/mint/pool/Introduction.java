package org.ehashpool.mint.pool;

import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.sv2.message.MintIdentity;
import org.ehashpool.sv2.message.MintQuote.MintIdentify;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/**
 * How the mint says and proves to pools who it is.
 *
 * @param identity the mint's secret key
 * @param mintUrl where wallets find the mint
 * @param units what it issues
 * @param window requests of one pool that may be unanswered
 */
record Introduction(SecretKey identity, Text mintUrl, List<Text> units, int window) {

    private static final int RANDOMNESS = 32;

    /** The message for the connection with this handshake hash; computes on the curve. */
    MintIdentify on(Bytes handshakeHash, SecureRandom random) {
        byte[] randomness = new byte[RANDOMNESS];
        random.nextBytes(randomness);
        return new MintIdentify(
                Bytes.of(identity.publicKey().x()),
                Bytes.of(identity.sign(MintIdentity.signedHash(handshakeHash, mintUrl, units), randomness)),
                mintUrl,
                units,
                window);
    }
}
