package org.ehashpool.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.condition.SpendingConditions;
import org.ehashpool.cashu.json.ErrorAnswer;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.KeyMessages;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.QuoteMessages;
import org.ehashpool.cashu.json.StateMessages;
import org.ehashpool.cashu.json.SubscriptionMessages;
import org.ehashpool.cashu.json.SwapMessages;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.token.MalformedTokenException;
import org.ehashpool.cashu.token.Token;
import org.ehashpool.cashu.token.TokenCodec;

/** What wallets send to mints and to each other: read and written back the same, or refused. */
final class CashuProperties {
    /** Requests and answers by their readers, in an order that corpora rely on. */
    static final List<Function<JsonValue, Message>> READERS = List.of(
            SwapMessages.SwapRequest::read,
            SwapMessages.SignaturesAnswer::read,
            SwapMessages.RestoreRequest::read,
            SwapMessages.RestoreAnswer::read,
            KeyMessages.KeysAnswer::read,
            KeyMessages.KeysetsAnswer::read,
            StateMessages.StatesRequest::read,
            StateMessages.StatesAnswer::read,
            QuoteMessages.QuoteRequest::read,
            value -> QuoteMessages.QuoteAnswer.read(value, "ehash"),
            QuoteMessages.MintRequest::read,
            QuoteMessages.BatchCheckRequest::read,
            QuoteMessages.BatchMintRequest::read,
            QuoteMessages.LookupRequest::read,
            value -> QuoteMessages.LookupAnswer.read(value, "ehash"),
            SubscriptionMessages.Command::read,
            ErrorAnswer::read);

    static final KeysetId KEYSET = KeysetId.parse("009a1f293253e41e");
    static final SecretKey SECRET_KEY = SecretKey.parse("0".repeat(63) + "7");
    static final PublicKey KEY = SECRET_KEY.publicKey();

    private static final int LIMIT = 1 << 16;
    private static final Pattern LOCK = Pattern.compile("\\s*\\[\\s*\"(P2PK|HTLC)\"");

    private CashuProperties() {}

    /** Input: a byte; if even, text, otherwise what follows {@code crawB}. */
    static void token(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        boolean text = (in.u8() & 1) == 0;
        byte[] rest = in.rest();
        Token token;
        try {
            token = text
                    ? TokenCodec.decode(new String(rest, StandardCharsets.UTF_8))
                    : AllocationBound.within(rest.length, () -> raw(rest));
        } catch (MalformedTokenException e) {
            return;
        }
        if (token.parts().size() == 1 && token.unit().isPresent()) {
            String written = TokenCodec.encodeV4(token, TokenCodec.KeysetIds.FULL);
            Property.require(TokenCodec.decode(written).equals(token), () -> "written differently: " + written);
        }
    }

    private static Token raw(byte[] cbor) {
        byte[] prefix = "crawB".getBytes(StandardCharsets.US_ASCII);
        byte[] raw = Arrays.copyOf(prefix, prefix.length + cbor.length);
        System.arraycopy(cbor, 0, raw, prefix.length, cbor.length);
        return TokenCodec.decodeRaw(raw);
    }

    /** Input: a byte that tells which message, then its text. */
    static void json(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        Function<JsonValue, Message> reader = READERS.get(in.u8() % READERS.size());
        Message message;
        try {
            message = reader.apply(JsonText.read(in.rest(), LIMIT));
        } catch (MalformedJsonException e) {
            return;
        }
        String written = message.encode();
        Property.require(
                reader.apply(JsonText.read(written, 4 * LIMIT)).equals(message),
                () -> "written differently: " + written);
    }

    /** Input: the length of a witness in two bytes, the witness, a secret. At time 0 every lock holds. */
    static void condition(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        int length = in.u8() << Byte.SIZE | in.u8();
        String witness = new String(in.take(length), StandardCharsets.UTF_8);
        String secret = new String(in.rest(), StandardCharsets.UTF_8);
        Proof bare = new Proof(Amount.ONE, KEYSET, secret, KEY);
        boolean free = SpendingConditions.check(List.of(bare), List.of(), Optional.empty(), 0)
                .isEmpty();
        Property.require(!free || !LOCK.matcher(secret).lookingAt(), () -> "a lock is open: " + secret);
        boolean unlocked = SpendingConditions.check(List.of(bare.withWitness(witness)), List.of(), Optional.empty(), 0)
                .isEmpty();
        Property.require(unlocked || !free, () -> "a witness locks: " + secret);
    }
}
