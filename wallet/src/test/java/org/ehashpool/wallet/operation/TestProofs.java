package org.ehashpool.wallet.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;

/** Proofs that only their amounts tell apart, and keys for amounts. */
final class TestProofs {

    private static final KeysetId KEYSET = KeysetId.parse("009a1f293253e41e");
    private static final PublicKey POINT = point();

    private TestProofs() {}

    static List<Proof> of(Collection<Amount> amounts) {
        List<Proof> proofs = new ArrayList<>();
        for (Amount amount : amounts) {
            proofs.add(new Proof(amount, KEYSET, "secret-" + proofs.size(), POINT));
        }
        return proofs;
    }

    static List<Proof> of(long... amounts) {
        return of(Arrays.stream(amounts).mapToObj(Amount::of).toList());
    }

    static PublicKeys keys(Collection<Amount> amounts) {
        TreeMap<Amount, PublicKey> keys = new TreeMap<>();
        amounts.forEach(amount -> keys.put(amount, POINT));
        return new PublicKeys(keys);
    }

    static Amount sum(Collection<Proof> proofs) {
        return Amount.sum(proofs.stream().map(Proof::amount).toList()).orElseThrow();
    }

    private static PublicKey point() {
        byte[] bytes = new byte[SecretKey.LENGTH];
        bytes[0] = 1;
        return SecretKey.of(bytes).publicKey();
    }
}
