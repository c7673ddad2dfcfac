package org.ehashpool.wallet.operation;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.QuoteSignatures;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintApi;
import org.ehashpool.wallet.mint.MintUnavailableException;
import org.ehashpool.wallet.store.StoredQuote;

/**
 * The request of a claim: of one quote, or of a batch.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29</a>
 */
record ClaimRequest(Exchange exchange, LockingKeys keys, SecureRandom random) {

    List<BlindSignature> send(MintApi api) {
        List<StoredQuote> quotes = exchange.quotes();
        List<BlindedMessage> outputs = exchange.outputs();
        if (quotes.size() == 1) {
            StoredQuote quote = quotes.getFirst();
            return api.mint(new MintRequest(quote.id(), outputs, Optional.of(signature(quote, outputs))));
        }
        return api.mintBatch(new BatchMintRequest(
                quotes.stream().map(StoredQuote::id).toList(),
                Optional.of(quotes.stream()
                        .map(quote -> quote.claiming().orElseThrow())
                        .toList()),
                outputs,
                Optional.of(quotes.stream()
                        .map(quote -> Optional.of(signature(quote, outputs)))
                        .toList())));
    }

    private String signature(StoredQuote quote, List<BlindedMessage> outputs) {
        // A key that was given, not derived, is not stored: the claim waits until it is given again.
        SecretKey key = keys.secret(quote.lockingKey())
                .orElseThrow(() -> new MintUnavailableException("the quote's key is not at hand"));
        byte[] randomness = new byte[SecretKey.LENGTH];
        random.nextBytes(randomness);
        return QuoteSignatures.sign(quote.id(), outputs, key, randomness);
    }
}
