package org.ehashpool.translator.upstream;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.kit.config.Description;
import org.ehashpool.sv2.type.Bytes;

/** Who is paid in ehash for miners whose names are no keys. */
public record WalletConfig(
        @Description(
                "A compressed secp256k1 public key, 66 hexadecimal digits: ehash of miners whose names are no keys is"
                        + " locked to it. Unset: their shares earn no ehash.")
        Optional<String> lockingKey) {

    private static final Pattern KEY = Pattern.compile("0[23][0-9a-fA-F]{64}");

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public WalletConfig {
        lockingKey.ifPresent(key -> {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "locking_key of 66 hexadecimal digits that begin with 02 or 03: a compressed public key");
            }
        });
    }

    /** The key, if there is one. */
    Optional<Bytes> key() {
        return lockingKey.map(Bytes::fromHex);
    }
}
