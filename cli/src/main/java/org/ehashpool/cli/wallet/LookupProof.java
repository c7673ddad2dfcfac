package org.ehashpool.cli.wallet;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.MintClient;
import org.ehashpool.wallet.mint.TrustedMint;

/** The proof that whoever asks a mint for a key's quotes has the key: it holds at that mint, for some minutes. */
final class LookupProof {
    private static final int PAGE = 100;

    private LookupProof() {}

    /**
     * The body of {@code POST /v1/mint/quote/ehash/pubkey}. Asks the mint who it is, unless its key is pinned.
     *
     * @throws IllegalStateException in words, if it does not answer
     */
    static String request(TrustedMint mint, SecretKey key, boolean onlyMintable) {
        return body(
                mint.publicKey().orElseGet(() -> LocalWallet.told(() -> publicKey(mint))),
                key,
                onlyMintable,
                InstantSource.system(),
                new SecureRandom());
    }

    private static PublicKey publicKey(TrustedMint mint) {
        WalletOptions usual = WalletOptions.of(List.of());
        try (HttpClient http = MintClient.http(usual.requestTimeout())) {
            return new MintClient(http, mint.url(), usual.requestTimeout())
                    .info()
                    .publicKey();
        }
    }

    static String body(PublicKey mint, SecretKey key, boolean onlyMintable, InstantSource clock, SecureRandom random) {
        byte[] randomness = new byte[SecretKey.LENGTH];
        random.nextBytes(randomness);
        long timestamp = clock.instant().getEpochSecond();
        return new LookupRequest(
                        List.of(key.publicKey()),
                        List.of(LookupSignatures.sign(mint, key, timestamp, randomness)),
                        timestamp,
                        onlyMintable,
                        OptionalLong.of(PAGE),
                        Optional.empty())
                .encode();
    }
}
