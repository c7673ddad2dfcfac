package org.ehashpool.cashu.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final SecretKey MINT = SecretKey.parse("%064x".formatted(11));
    private static final SecretKey OTHER = SecretKey.parse("%064x".formatted(12));
    private static final Keyset KEYSET =
            Keyset.of("hash", 0, OptionalLong.empty(), new PublicKeys(Map.of(Amount.ONE, MINT.publicKey())));
    private static final WalletSeed SEED = WalletSeed.of(new byte[64]);

    private static List<BlindedSecret> secrets(int count) {
        return LongStream.range(0, count)
                .mapToObj(counter -> SEED.derive(KEYSET.id(), counter))
                .toList();
    }

    private static BlindSignature sign(BlindedMessage output, SecretKey key) {
        PublicKey signature = Blinding.sign(output.point(), key);
        return new BlindSignature(
                output.amount(),
                output.keysetId(),
                signature,
                DleqProofs.prove(key, key.publicKey(), output.point(), signature));
    }

    @Test
    void shouldStopAfterThreeEmptyBatches() {
        RestoreScan scan = RestoreScan.from(0).after(List.of());
        assertThat(scan.batch()).hasSize(100).startsWith(100L).endsWith(199L);
        scan = scan.after(List.of(100L, 150L, 120L));
        assertThat(scan.emptyBatches()).isZero();
        assertThat(scan.unused()).isEqualTo(151);
        scan = scan.after(List.of()).after(List.of());
        assertThat(scan.done()).isFalse();
        scan = scan.after(List.of());
        assertThat(scan.done()).isTrue();
        assertThat(scan.unused()).isEqualTo(151);
    }

    @Test
    void shouldRefuseCounterWhenItWasNotAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestoreScan.from(0).after(List.of(100L)));
    }

    @Test
    void shouldGiveProofsWhenMintHasSigned() {
        List<BlindedSecret> asked = secrets(3);
        BlindedMessage output = asked.get(1).output(Amount.ONE);
        RestoredBatch batch = RestoredBatch.of(asked, List.of(output), List.of(sign(output, MINT)), KEYSET);
        assertThat(batch.found()).containsExactly(1L);
        assertThat(batch.rejected()).isZero();
        Proof proof = batch.proofs().getFirst();
        assertThat(proof.secret()).isEqualTo(asked.get(1).secret());
        assertThat(Blinding.verify(HashToCurve.of(proof.secret()), proof.point(), MINT))
                .isTrue();
    }

    @Test
    void shouldKeepCounterFromReuseWhenSignatureIsNotTheKeysets() {
        List<BlindedSecret> asked = secrets(1);
        BlindedMessage output = asked.getFirst().output(Amount.ONE);
        RestoredBatch batch = RestoredBatch.of(asked, List.of(output), List.of(sign(output, OTHER)), KEYSET);
        assertThat(batch.found()).containsExactly(0L);
        assertThat(batch.proofs()).isEmpty();
        assertThat(batch.rejected()).isOne();
    }

    @Test
    void shouldTakeNothingTwiceAndNothingUnasked() {
        List<BlindedSecret> asked = secrets(1);
        BlindedMessage output = asked.getFirst().output(Amount.ONE);
        BlindedMessage foreign = new BlindedMessage(Amount.ONE, KEYSET.id(), OTHER.publicKey());
        RestoredBatch batch = RestoredBatch.of(
                asked,
                List.of(output, output, foreign),
                List.of(sign(output, MINT), sign(output, MINT), sign(foreign, MINT)),
                KEYSET);
        assertThat(batch.proofs()).hasSize(1);
        assertThat(batch.rejected()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestoredBatch.of(asked, List.of(output), List.of(), KEYSET));
    }

    @Test
    void shouldTakeNoSignatureForAnAmountWithoutKey() {
        BlindedSecret secret = secrets(1).getFirst();
        BlindedMessage output = secret.output(Amount.of(2));
        assertThat(secret.unblind(sign(output, MINT), KEYSET)).isEmpty();
        assertThat(secret.toString()).doesNotContain(secret.secret());
    }
}
