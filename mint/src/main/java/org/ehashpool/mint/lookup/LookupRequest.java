package org.ehashpool.mint.lookup;

import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.point.PublicKey;

/**
 * {@code POST /v1/mint/quote/{method}/pubkey}.
 *
 * @param signatures of the keys in their order, BIP 340, hex
 * @param timestamp seconds since the epoch, which the signatures cover
 * @param onlyMintable leaves out quotes that have nothing left to mint
 * @param cursor where the page before ended
 */
public record LookupRequest(
        String method,
        List<PublicKey> keys,
        List<String> signatures,
        long timestamp,
        boolean onlyMintable,
        Optional<Integer> limit,
        Optional<String> cursor) {
    public LookupRequest {
        keys = List.copyOf(keys);
        signatures = List.copyOf(signatures);
    }
}
