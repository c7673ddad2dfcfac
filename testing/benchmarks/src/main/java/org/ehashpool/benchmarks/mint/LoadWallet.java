package org.ehashpool.benchmarks.mint;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.json.SwapMessages.SwapRequest;
import org.ehashpool.cashu.keyset.Fees;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;

/** The wallet's part of the work, done before and after what is measured. */
final class LoadWallet {
    private static final int SECRET_BYTES = 32;

    private final Keyset keyset;
    private final SecureRandom random = new SecureRandom();

    LoadWallet(Keyset keyset) {
        this.keyset = keyset;
    }

    /** An output and what takes the blinding off its signature. */
    private record Blank(String secret, SecretKey blindingFactor, BlindedMessage message) {}

    /** Outputs for an amount, with their secrets. */
    static final class Outputs {
        private final List<Blank> blanks;

        private Outputs(List<Blank> blanks) {
            this.blanks = blanks;
        }

        List<BlindedMessage> messages() {
            return blanks.stream().map(Blank::message).toList();
        }
    }

    Outputs outputs(Amount amount) {
        List<Blank> blanks = new ArrayList<>();
        for (Amount part : amount.split()) {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            String secret = HexFormat.of().formatHex(bytes);
            SecretKey factor = SecretKey.random(random);
            PublicKey blinded = Blinding.blind(HashToCurve.of(secret), factor);
            blanks.add(new Blank(secret, factor, new BlindedMessage(part, keyset.id(), blinded)));
        }
        return new Outputs(blanks);
    }

    static MintRequest minting(String quote, Outputs outputs) {
        return new MintRequest(quote, outputs.messages(), Optional.empty());
    }

    /** The proofs that the signatures are for. */
    List<Proof> proofs(Outputs outputs, List<BlindSignature> signatures) {
        List<Proof> proofs = new ArrayList<>();
        for (int i = 0; i < signatures.size(); i++) {
            Blank blank = outputs.blanks.get(i);
            Amount amount = blank.message().amount();
            PublicKey key = keyset.keys()
                    .find(amount)
                    .orElseThrow(() -> new IllegalStateException("the keyset has no key for " + amount));
            PublicKey point = Blinding.unblind(signatures.get(i).point(), blank.blindingFactor(), key);
            proofs.add(new Proof(amount, keyset.id(), blank.secret(), point));
        }
        return proofs;
    }

    /** Swaps proofs for as much less the fee. */
    SwapRequest swap(List<Proof> proofs) {
        Amount sum = Amount.sum(proofs.stream().map(Proof::amount).toList()).orElseThrow();
        Amount fee = Fees.of(proofs.stream().mapToLong(proof -> keyset.inputFeePpk()))
                .orElseThrow();
        return new SwapRequest(proofs, outputs(sum.minus(fee)).messages());
    }
}
