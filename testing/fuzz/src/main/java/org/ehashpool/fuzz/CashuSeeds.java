package org.ehashpool.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.condition.LockKind;
import org.ehashpool.cashu.condition.LockedSecret;
import org.ehashpool.cashu.condition.SignedMessage;
import org.ehashpool.cashu.condition.Witness;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.ErrorAnswer;
import org.ehashpool.cashu.json.KeyMessages;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.QuoteMessages;
import org.ehashpool.cashu.json.StateMessages;
import org.ehashpool.cashu.json.SubscriptionMessages;
import org.ehashpool.cashu.json.SwapMessages;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;
import org.ehashpool.cashu.quote.QuoteCounters;
import org.ehashpool.cashu.token.Token;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.token.TokenProof;

/** True tokens, messages and locks, always the same. */
final class CashuSeeds {
    private static final PublicKey KEY = CashuProperties.KEY;
    private static final Dleq DLEQ = new Dleq(new byte[Dleq.LENGTH], new byte[Dleq.LENGTH]);
    private static final BlindedMessage OUTPUT = new BlindedMessage(Amount.ONE, CashuProperties.KEYSET, KEY);
    private static final BlindSignature SIGNATURE =
            new BlindSignature(Amount.powerOfTwo(63), CashuProperties.KEYSET, KEY, DLEQ);
    private static final Proof PROOF = new Proof(Amount.MAXIMUM, CashuProperties.KEYSET, "secret", KEY);

    private CashuSeeds() {}

    static List<byte[]> tokens() {
        Proof full = new Proof(
                Amount.of(300),
                CashuProperties.KEYSET,
                "secret",
                KEY,
                Optional.of("{}"),
                Optional.of(new ProofDleq(DLEQ, CashuProperties.SECRET_KEY)));
        Token token = new Token(
                List.of(new Token.Part("https://mint", List.of(TokenProof.of(full), TokenProof.of(PROOF)))),
                Optional.of("hash"),
                Optional.of("memo"));
        byte[] raw = TokenCodec.encodeRaw(token, TokenCodec.KeysetIds.SHORT);
        return List.of(
                seed(0, TokenCodec.encodeV3(token).getBytes(StandardCharsets.UTF_8)),
                seed(0, TokenCodec.encodeV4(token, TokenCodec.KeysetIds.FULL).getBytes(StandardCharsets.UTF_8)),
                seed(1, Arrays.copyOfRange(raw, "crawB".length(), raw.length)));
    }

    /** One of each message, in the order of {@link CashuProperties#READERS}. */
    static List<byte[]> messages() {
        Keyset keyset = Keyset.of("hash", 1, OptionalLong.of(2), new PublicKeys(Map.of(Amount.ONE, KEY)));
        QuoteMessages.QuoteAnswer quote = new QuoteMessages.QuoteAnswer(
                "id",
                "ehash",
                "00ff",
                "hash",
                Optional.of(Amount.ONE),
                OptionalLong.of(5),
                Optional.of(KEY),
                new QuoteCounters(Amount.of(2), Amount.ONE, 7));
        List<Message> messages = List.of(
                new SwapMessages.SwapRequest(List.of(PROOF.withWitness("{}")), List.of(OUTPUT)),
                new SwapMessages.SignaturesAnswer(List.of(SIGNATURE)),
                new SwapMessages.RestoreRequest(List.of(OUTPUT)),
                new SwapMessages.RestoreAnswer(List.of(OUTPUT), List.of(SIGNATURE)),
                new KeyMessages.KeysAnswer(List.of(new KeyMessages.PublishedKeys(keyset, true))),
                new KeyMessages.KeysetsAnswer(List.of(
                        new KeyMessages.KeysetEntry(CashuProperties.KEYSET, "sat", true, 0, OptionalLong.empty()))),
                new StateMessages.StatesRequest(List.of(KEY)),
                new StateMessages.StatesAnswer(
                        List.of(new StateMessages.StateEntry(KEY, StateMessages.SpentState.SPENT, Optional.of("{}")))),
                new QuoteMessages.QuoteRequest("sat", Optional.of(Amount.ONE), Optional.of("tea"), Optional.of(KEY)),
                quote,
                new QuoteMessages.MintRequest("id", List.of(OUTPUT), Optional.of("ab")),
                new QuoteMessages.BatchCheckRequest(List.of("a", "b")),
                new QuoteMessages.BatchMintRequest(
                        List.of("a"),
                        Optional.of(List.of(Amount.ONE)),
                        List.of(OUTPUT),
                        Optional.of(List.of(Optional.empty()))),
                new QuoteMessages.LookupRequest(
                        List.of(KEY), List.of("ab"), 1, true, OptionalLong.of(5), Optional.of("c")),
                new QuoteMessages.LookupAnswer(List.of(quote), Optional.of("next")),
                new SubscriptionMessages.Subscribe(1, "sub", "proof_state", List.of("02")),
                ErrorAnswer.of(ErrorCode.KEYSET_UNKNOWN, "no"));
        List<byte[]> seeds = new ArrayList<>();
        for (Message message : messages) {
            seeds.add(seed(seeds.size(), message.encode().getBytes(StandardCharsets.UTF_8)));
        }
        return seeds;
    }

    static List<byte[]> conditions() {
        String key = KEY.toString();
        List<List<String>> tags = List.of(
                List.of("sigflag", "SIG_ALL"),
                List.of("n_sigs", "1"),
                List.of("locktime", "21"),
                List.of("refund", key),
                List.of("n_sigs_refund", "1"));
        return List.of(
                condition(new LockedSecret(LockKind.P2PK, "nonce", key, List.of()), Optional.empty()),
                condition(new LockedSecret(LockKind.P2PK, "nonce", key, tags), Optional.empty()),
                condition(
                        new LockedSecret(LockKind.HTLC, "nonce", "ab".repeat(32), List.of(List.of("pubkeys", key))),
                        Optional.of("00".repeat(32))));
    }

    private static byte[] condition(LockedSecret lock, Optional<String> preimage) {
        Proof proof = new Proof(Amount.ONE, CashuProperties.KEYSET, lock.encode(), KEY);
        String signature = SignedMessage.ofInput(proof).sign(CashuProperties.SECRET_KEY, new byte[32]);
        byte[] witness = new Witness(preimage, List.of(signature)).encode().getBytes(StandardCharsets.UTF_8);
        byte[] secret = lock.encode().getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(witness, witness.length + secret.length);
        System.arraycopy(secret, 0, both, witness.length, secret.length);
        return seed(witness.length >>> Byte.SIZE, seed(witness.length, both));
    }

    private static byte[] seed(int selector, byte[] rest) {
        byte[] seed = new byte[1 + rest.length];
        seed[0] = (byte) selector;
        System.arraycopy(rest, 0, seed, 1, rest.length);
        return seed;
    }
}
