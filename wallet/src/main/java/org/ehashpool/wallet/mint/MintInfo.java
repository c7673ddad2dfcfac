package org.ehashpool.wallet.mint;

import java.util.Optional;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.point.PublicKey;

/**
 * What a mint says of itself (NUT-06).
 *
 * @param batch the most quotes of one batch; 1 if it has no NUT-29
 */
public record MintInfo(PublicKey publicKey, int batch) {

    private static final int UNSTATED_BATCH = 100;

    static MintInfo read(JsonValue value) {
        JsonValue pubkey = value.member("pubkey");
        PublicKey key;
        try {
            key = PublicKey.parse(pubkey.text(2 * PublicKey.LENGTH));
        } catch (IllegalArgumentException e) {
            throw pubkey.problem("a public key is expected");
        }
        Optional<JsonValue> batches = value.find("nuts").flatMap(nuts -> nuts.find("29"));
        int most = batches.map(nut -> nut.find("max_batch_size")
                        .map(size -> Math.clamp(size.natural(), 1, UNSTATED_BATCH))
                        .orElse(UNSTATED_BATCH))
                .orElse(1);
        return new MintInfo(key, most);
    }
}
