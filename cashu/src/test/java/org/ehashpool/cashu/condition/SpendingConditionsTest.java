package org.ehashpool.cashu.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingConditionsTest {
    private static final long LOCKTIME = 1_000;
    private static final byte[] RANDOMNESS = new byte[32];
    private static final KeysetId KEYSET = KeysetId.parse("009a1f293253e41e");
    private static final SecretKey ALICE = key(1);
    private static final SecretKey BOB = key(2);
    private static final SecretKey CAROL = key(3);
    private static final String PREIMAGE = "00".repeat(31) + "01";
    private static final String HASH =
            HexFormat.of().formatHex(SignedMessage.sha256(HexFormat.of().parseHex(PREIMAGE)));

    private static SecretKey key(int number) {
        return SecretKey.parse("%064x".formatted(number));
    }

    private static String hex(SecretKey key) {
        return key.publicKey().toString();
    }

    private record Tag(List<String> strings) {}

    private static Tag tag(String... strings) {
        return new Tag(List.of(strings));
    }

    private static LockedSecret p2pk(SecretKey key, Tag... tags) {
        return new LockedSecret(
                LockKind.P2PK,
                "nonce",
                hex(key),
                Arrays.stream(tags).map(Tag::strings).toList());
    }

    private static LockedSecret htlc(Tag... tags) {
        return new LockedSecret(
                LockKind.HTLC,
                "nonce",
                HASH,
                Arrays.stream(tags).map(Tag::strings).toList());
    }

    private static Proof proof(String secret) {
        return new Proof(Amount.ONE, KEYSET, secret, ALICE.publicKey());
    }

    private static Proof signed(LockedSecret secret, SecretKey... keys) {
        return signed(secret, Optional.empty(), keys);
    }

    private static Proof signed(LockedSecret secret, Optional<String> preimage, SecretKey... keys) {
        Proof proof = proof(secret.encode());
        List<String> signatures = Stream.of(keys)
                .map(key -> SignedMessage.ofInput(proof).sign(key, RANDOMNESS))
                .toList();
        return proof.withWitness(new Witness(preimage, signatures).encode());
    }

    private static Optional<ErrorCode> check(long now, Proof... inputs) {
        return SpendingConditions.check(List.of(inputs), List.of(), Optional.empty(), now)
                .map(ConditionFailure::code);
    }

    @Test
    void shouldLetAnyoneSpendWhenSecretIsNoCondition() {
        assertThat(check(0, proof("407915bc212be61a77e3e6d2aeb4c727980bda51cd06a6afc29e2861768a7837")))
                .isEmpty();
        assertThat(check(0, proof("[\"SOMETHING\",{\"nonce\":\"a\",\"data\":\"b\"}]")))
                .isEmpty();
        assertThat(check(0, proof("[1,2"))).isEmpty();
    }

    @Test
    void shouldNeedTheKeyWhenLockedToOne() {
        LockedSecret secret = p2pk(ALICE);
        assertThat(check(0, signed(secret, ALICE))).isEmpty();
        assertThat(check(0, signed(secret, BOB))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, proof(secret.encode()))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, proof(secret.encode()).withWitness("nonsense"))).contains(ErrorCode.WITNESS_INVALID);
    }

    @Test
    void shouldCountKeysAndNotSignaturesWhenSeveralMustSign() {
        LockedSecret secret = p2pk(ALICE, tag("pubkeys", hex(BOB), hex(CAROL)), tag("n_sigs", "2"));
        assertThat(check(0, signed(secret, BOB, CAROL))).isEmpty();
        assertThat(check(0, signed(secret, BOB))).contains(ErrorCode.WITNESS_INVALID);
        Proof proof = proof(secret.encode());
        String once = SignedMessage.ofInput(proof).sign(BOB, RANDOMNESS);
        byte[] other = new byte[32];
        other[0] = 1;
        String again = SignedMessage.ofInput(proof).sign(BOB, other);
        assertThat(once).isNotEqualTo(again);
        Proof twice =
                proof.withWitness(Witness.ofSignatures(List.of(once, again)).encode());
        assertThat(check(0, twice)).contains(ErrorCode.WITNESS_INVALID);
    }

    @Test
    void shouldOpenRefundOnlyAfterLocktime() {
        LockedSecret secret = p2pk(ALICE, tag("locktime", "1000"), tag("refund", hex(BOB)));
        assertThat(check(LOCKTIME, signed(secret, BOB))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(LOCKTIME + 1, signed(secret, BOB))).isEmpty();
        assertThat(check(LOCKTIME + 1, signed(secret, ALICE))).isEmpty();
        assertThat(check(LOCKTIME + 1, signed(secret, CAROL))).contains(ErrorCode.WITNESS_INVALID);
    }

    @Test
    void shouldEndWithLocktimeWhenThereIsNoRefund() {
        LockedSecret secret = p2pk(ALICE, tag("locktime", "1000"));
        assertThat(check(LOCKTIME, proof(secret.encode()))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(LOCKTIME + 1, proof(secret.encode()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999"})
    void shouldLockForEverWhenLocktimeIsNoTime(String locktime) {
        LockedSecret secret = p2pk(ALICE, tag("locktime", locktime));
        assertThat(check(Long.MAX_VALUE, proof(secret.encode()))).contains(ErrorCode.WITNESS_INVALID);
    }

    @Test
    void shouldNeedPreimageAndSignatureWhenLockedToHashAndKey() {
        LockedSecret secret = htlc(tag("pubkeys", hex(ALICE)), tag("locktime", "1000"), tag("refund", hex(BOB)));
        assertThat(check(0, signed(secret, Optional.of(PREIMAGE), ALICE))).isEmpty();
        assertThat(check(0, signed(secret, ALICE))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, signed(secret, Optional.of(PREIMAGE)))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, signed(secret, Optional.of("11".repeat(32)), ALICE)))
                .contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, signed(secret, Optional.of(PREIMAGE), BOB))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(LOCKTIME + 1, signed(secret, BOB))).isEmpty();
        assertThat(check(LOCKTIME + 1, signed(secret, Optional.of(PREIMAGE), ALICE)))
                .isEmpty();
    }

    @Test
    void shouldNeedPreimageAloneWhenHashLockHasNoKeys() {
        assertThat(check(0, signed(htlc(), Optional.of(PREIMAGE)))).isEmpty();
        assertThat(check(0, signed(htlc(), ALICE))).contains(ErrorCode.WITNESS_INVALID);
        assertThat(check(0, signed(htlc(tag("pubkeys")), Optional.of(PREIMAGE))))
                .contains(ErrorCode.WITNESS_INVALID);
    }

    static Stream<LockedSecret> malformed() {
        String mirrored = ALICE.publicKey().negated().toString();
        return Stream.of(
                p2pk(ALICE, tag("n_sigs", "0")),
                p2pk(ALICE, tag("n_sigs", "-1")),
                p2pk(ALICE, tag("n_sigs", "2")),
                p2pk(ALICE, tag("n_sigs", "1", "1")),
                p2pk(ALICE, tag("n_sigs")),
                p2pk(ALICE, tag("n_sigs_refund", "1")),
                p2pk(ALICE, tag("sigflag", "SIG_NONE")),
                p2pk(ALICE, tag("sigflag", "SIG_ALL"), tag("sigflag", "SIG_ALL")),
                p2pk(ALICE, tag("locktime", "1"), tag("locktime", "2")),
                p2pk(ALICE, tag("pubkeys", mirrored)),
                p2pk(ALICE, tag("pubkeys", hex(BOB), hex(BOB))),
                p2pk(ALICE, tag("refund", hex(BOB), hex(BOB))),
                p2pk(ALICE, tag("pubkeys", "02" + "ff".repeat(32))),
                new LockedSecret(LockKind.P2PK, "nonce", "none", List.of()),
                new LockedSecret(LockKind.HTLC, "nonce", "ab", List.of()),
                htlc(tag("n_sigs", "1")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldBeUnspendableWhenLockIsMalformed(LockedSecret secret) {
        assertThat(check(Long.MAX_VALUE, signed(secret, Optional.of(PREIMAGE), ALICE, BOB)))
                .contains(ErrorCode.PROOF_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"P2PK\"",
                "[\"P2PK\",{\"nonce\":\"a\"}]",
                " [ \"HTLC\", 7]",
                "[\"P2PK\",{\"nonce\":\"a\",\"data\":\"b\",\"tags\":[[]]}]",
                "[\"P2PK\",{\"nonce\":\"a\",\"data\":\"b\",\"tags\":[[\"locktime\",1]]}]",
                "[\"P2PK\",{\"nonce\":\"a\",\"data\":\"b\",\"tags\":[[\"locktime\",\"\"]]}]",
                "[\"P2PK\",{\"nonce\":\"a\",\"data\":\"b\"},3]",
                "[\"P2PK\",{\"nonce\":\"a\",\"nonce\":\"a\",\"data\":\"b\"}]"
            })
    void shouldBeUnspendableWhenSecretOnlyClaimsToBeLocked(String secret) {
        assertThat(check(Long.MAX_VALUE, proof(secret))).contains(ErrorCode.PROOF_INVALID);
    }

    @Test
    void shouldCoverAllInputsAndOutputsWhenFlagSaysSo() {
        LockedSecret secret = p2pk(ALICE, tag("sigflag", "SIG_ALL"));
        LockedSecret other = new LockedSecret(LockKind.P2PK, "other nonce", secret.data(), secret.tags());
        BlindedMessage output = new BlindedMessage(Amount.of(2), KEYSET, BOB.publicKey());
        BlindedMessage exchanged = new BlindedMessage(Amount.of(2), KEYSET, CAROL.publicKey());
        List<Proof> inputs = new ArrayList<>(List.of(proof(secret.encode()), proof(other.encode())));
        String signature = SignedMessage.ofAll(inputs, List.of(output), Optional.of("quote"))
                .sign(ALICE, RANDOMNESS);
        inputs.set(
                0,
                inputs.getFirst()
                        .withWitness(Witness.ofSignatures(List.of(signature)).encode()));

        assertThat(SpendingConditions.check(inputs, List.of(output), Optional.of("quote"), 0))
                .isEmpty();
        assertThat(SpendingConditions.check(inputs, List.of(exchanged), Optional.of("quote"), 0))
                .isPresent();
        assertThat(SpendingConditions.check(inputs, List.of(output), Optional.empty(), 0))
                .isPresent();
        assertThat(SpendingConditions.check(inputs.reversed(), List.of(output), Optional.of("quote"), 0))
                .isPresent();
        inputs.add(proof("anyone's"));
        assertThat(SpendingConditions.check(inputs, List.of(output), Optional.of("quote"), 0))
                .isPresent();
    }

    @Test
    void shouldStopWhenTooManySignaturesWouldHaveToBeChecked() {
        String[] keys = IntStream.range(10, 20).mapToObj(i -> hex(key(i))).toArray(String[]::new);
        LockedSecret secret = p2pk(
                ALICE,
                new Tag(Stream.concat(Stream.of("pubkeys"), Stream.of(keys)).toList()));
        Proof proof = proof(secret.encode());
        List<String> signatures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            signatures.add("%0128x".formatted(i));
        }
        signatures.add(SignedMessage.ofInput(proof).sign(ALICE, RANDOMNESS));
        Proof costly = proof.withWitness(Witness.ofSignatures(signatures).encode());
        assertThat(check(0, costly)).isEmpty();
        List<Proof> many = Collections.nCopies(200, costly);
        assertThat(SpendingConditions.check(many, List.of(), Optional.empty(), 0))
                .get()
                .extracting(ConditionFailure::code)
                .isEqualTo(ErrorCode.MAX_INPUTS_EXCEEDED);
    }

    @Test
    void shouldShowNeitherNonceNorPreimageInText() {
        assertThat(p2pk(ALICE).toString()).doesNotContain("nonce");
        assertThat(new Witness(Optional.of(PREIMAGE), List.of()).toString()).doesNotContain(PREIMAGE);
        PublicKey key = ALICE.publicKey();
        assertThat(SignedMessage.ofInput(proof("secret" + key)).toString()).doesNotContain("secret");
    }
}
