package org.ehashpool.mint.core;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.keyset.MintKeyset;

/** Blinds and unblinds as a wallet does, on libsecp256k1 itself: the mint's own code has no part in it. */
final class TestWallet {

    private static final Secp256k1 CURVE = Secp256k1.get();

    private final Random random;

    TestWallet(long seed) {
        random = new Random(seed);
    }

    /** An output and what its wallet keeps to itself. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Output(BlindedMessage message, String secret, byte[] blinding) {}

    synchronized byte[] scalar() {
        byte[] scalar = new byte[32];
        do {
            random.nextBytes(scalar);
        } while (!CURVE.secKeyVerify(scalar));
        return scalar;
    }

    synchronized String secret() {
        return HexFormat.of().formatHex(scalar());
    }

    Output output(MintKeyset keyset, Amount amount, String secret) {
        byte[] blinding = scalar();
        byte[] point =
                CURVE.pubKeyCombine(new byte[][] {HashToCurve.of(secret).toBytes(), CURVE.pubkeyCreate(blinding)});
        return new Output(
                new BlindedMessage(amount, keyset.row().id(), PublicKey.of(CURVE.pubKeyCompress(point))),
                secret,
                blinding);
    }

    List<Output> outputs(MintKeyset keyset, Amount total) {
        return total.split().stream()
                .map(amount -> output(keyset, amount, secret()))
                .toList();
    }

    List<Output> outputs(MintKeyset keyset, long... amounts) {
        List<Output> outputs = new ArrayList<>();
        for (long amount : amounts) {
            outputs.add(output(keyset, Amount.of(amount), secret()));
        }
        return outputs;
    }

    static List<BlindedMessage> messages(List<Output> outputs) {
        return outputs.stream().map(Output::message).toList();
    }

    static List<Proof> proofs(MintKeyset keyset, List<Output> outputs, List<BlindSignature> signatures) {
        List<Proof> proofs = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            proofs.add(proof(keyset, outputs.get(i), signatures.get(i)));
        }
        return proofs;
    }

    private static Proof proof(MintKeyset keyset, Output output, BlindSignature signature) {
        byte[] key = keyset.keys()
                .keyset()
                .keys()
                .find(signature.amount())
                .orElseThrow()
                .toBytes();
        byte[] point = CURVE.pubKeyCombine(new byte[][] {
            signature.point().toBytes(), CURVE.pubKeyNegate(CURVE.pubKeyTweakMul(key, output.blinding()))
        });
        return new Proof(
                signature.amount(), signature.keysetId(), output.secret(), PublicKey.of(CURVE.pubKeyCompress(point)));
    }

    /** A key that quotes can be locked to. */
    static PublicKey publicKey(byte[] secretKey) {
        return PublicKey.of(CURVE.pubKeyCompress(CURVE.pubkeyCreate(secretKey)));
    }
}
