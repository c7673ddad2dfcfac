package org.ehashpool.cashu.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.PublicKeys;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;
import org.ehashpool.cashu.quote.QuoteCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final int LIMIT = 1 << 20;
    private static final SecretKey SECRET_KEY = SecretKey.parse("%064x".formatted(5));
    private static final PublicKey KEY = SECRET_KEY.publicKey();
    private static final KeysetId KEYSET = KeysetId.parse("009a1f293253e41e");
    private static final BlindedMessage OUTPUT = new BlindedMessage(Amount.powerOfTwo(63), KEYSET, KEY);
    private static final Dleq DLEQ = new Dleq(new byte[32], new byte[32]);
    private static final BlindSignature SIGNATURE = new BlindSignature(Amount.MAXIMUM, KEYSET, KEY, DLEQ);
    private static final Proof PROOF = new Proof(Amount.of((1L << 53) + 1), KEYSET, "secret\"\n", KEY);
    private static final QuoteMessages.QuoteAnswer QUOTE = new QuoteMessages.QuoteAnswer(
            "id",
            "ehash",
            "00ff",
            "hash",
            Optional.of(Amount.MAXIMUM),
            OptionalLong.empty(),
            Optional.of(KEY),
            new QuoteCounters(Amount.MAXIMUM, Amount.ONE, 7));

    private static <T extends Message> Arguments row(T message, Function<JsonValue, T> read) {
        return Arguments.of(message, read);
    }

    static Stream<Arguments> messages() {
        Map<Amount, PublicKey> keys = new HashMap<>();
        for (int i = 0; i < Amount.BITS; i++) {
            keys.put(Amount.powerOfTwo(i), KEY);
        }
        Keyset keyset = Keyset.of("hash", 100, OptionalLong.of(2_059_210_353L), new PublicKeys(keys));
        return Stream.of(
                row(new MeltMessages.MeltQuoteRequest("lnbc1", "sat", true, true), MeltMessages.MeltQuoteRequest::read),
                row(
                        new MeltMessages.MeltRequest("id", List.of(PROOF), List.of(OUTPUT)),
                        MeltMessages.MeltRequest::read),
                row(
                        new MeltMessages.MeltAnswer(
                                "id",
                                "lnbc1",
                                "sat",
                                Amount.MAXIMUM,
                                Amount.ONE,
                                MeltMessages.MeltState.PAID,
                                OptionalLong.of(9),
                                Optional.of("00"),
                                Optional.of(List.of(SIGNATURE))),
                        MeltMessages.MeltAnswer::read),
                row(
                        new MeltMessages.MeltAnswer(
                                "id",
                                "lnbc1",
                                "sat",
                                Amount.ONE,
                                Amount.ZERO,
                                MeltMessages.MeltState.UNPAID,
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        MeltMessages.MeltAnswer::read),
                row(
                        new SwapMessages.SwapRequest(List.of(PROOF.withWitness("{}")), List.of(OUTPUT)),
                        SwapMessages.SwapRequest::read),
                row(new SwapMessages.SignaturesAnswer(List.of(SIGNATURE)), SwapMessages.SignaturesAnswer::read),
                row(new SwapMessages.RestoreRequest(List.of(OUTPUT)), SwapMessages.RestoreRequest::read),
                row(
                        new SwapMessages.RestoreAnswer(List.of(OUTPUT), List.of(SIGNATURE)),
                        SwapMessages.RestoreAnswer::read),
                row(
                        new KeyMessages.KeysAnswer(List.of(new KeyMessages.PublishedKeys(keyset, false))),
                        KeyMessages.KeysAnswer::read),
                row(
                        new KeyMessages.KeysetsAnswer(
                                List.of(new KeyMessages.KeysetEntry(KEYSET, "sat", true, 0, OptionalLong.empty()))),
                        KeyMessages.KeysetsAnswer::read),
                row(new StateMessages.StatesRequest(List.of(KEY)), StateMessages.StatesRequest::read),
                row(
                        new StateMessages.StatesAnswer(List.of(
                                new StateMessages.StateEntry(
                                        KEY, StateMessages.SpentState.SPENT, Optional.of("{\"preimage\":\"\"}")),
                                new StateMessages.StateEntry(KEY, StateMessages.SpentState.UNSPENT, Optional.empty()))),
                        StateMessages.StatesAnswer::read),
                row(
                        new QuoteMessages.QuoteRequest(
                                "sat", Optional.of(Amount.ONE), Optional.of("for tea"), Optional.of(KEY)),
                        QuoteMessages.QuoteRequest::read),
                row(QUOTE, value -> QuoteMessages.QuoteAnswer.read(value, "other")),
                row(
                        new QuoteMessages.MintRequest("id", List.of(OUTPUT), Optional.of("ab")),
                        QuoteMessages.MintRequest::read),
                row(new QuoteMessages.BatchCheckRequest(List.of("a", "b")), QuoteMessages.BatchCheckRequest::read),
                row(
                        new QuoteMessages.BatchMintRequest(
                                List.of("a", "b"),
                                Optional.of(List.of(Amount.ONE, Amount.MAXIMUM)),
                                List.of(OUTPUT),
                                Optional.of(List.of(Optional.empty(), Optional.of("ab")))),
                        QuoteMessages.BatchMintRequest::read),
                row(
                        new QuoteMessages.BatchMintRequest(
                                List.of("a"), Optional.empty(), List.of(OUTPUT), Optional.empty()),
                        QuoteMessages.BatchMintRequest::read),
                row(
                        new QuoteMessages.LookupRequest(
                                List.of(KEY), List.of("ab"), 1, true, OptionalLong.of(5), Optional.of("c")),
                        QuoteMessages.LookupRequest::read),
                row(
                        new QuoteMessages.LookupAnswer(List.of(QUOTE), Optional.empty()),
                        value -> QuoteMessages.LookupAnswer.read(value, "ehash")),
                row(ErrorAnswer.of(ErrorCode.KEYSET_UNKNOWN, "no"), ErrorAnswer::read),
                row(
                        new SubscriptionMessages.Subscribe(1, "sub", "proof_state", List.of("02ab")),
                        SubscriptionMessages.Command::read),
                row(new SubscriptionMessages.Unsubscribe(2, "sub"), SubscriptionMessages.Command::read));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadWhatWasWritten(Message message, Function<JsonValue, Message> read) {
        assertThat(read.apply(JsonText.read(message.encode(), LIMIT))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldIgnoreUnknownMembers(Message message, Function<JsonValue, Message> read) {
        String more = "{\"unknown\":{\"a\":[1.5,null]}," + message.encode().substring(1);
        assertThat(read.apply(JsonText.read(more, LIMIT))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseWhenCutAnywhere(Message message, Function<JsonValue, Message> read) {
        String text = message.encode();
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> read.apply(JsonText.read(cut, LIMIT))).isInstanceOf(MalformedJsonException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775808", "18446744073709551615", "0"})
    void shouldKeepAmountsExactly(String digits) {
        JsonValue value =
                JsonText.read("{\"amount\":%s,\"id\":\"%s\",\"B_\":\"%s\"}".formatted(digits, KEYSET, KEY), LIMIT);
        BlindedMessage output = Values.blindedMessage(value);
        assertThat(output.amount().toBigInteger()).isEqualTo(new BigInteger(digits));
        assertThat(Values.toJson(output).toString()).contains(":" + digits + ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "18446744073709551616; AMOUNT_OUTSIDE_LIMIT",
                "-1; AMOUNT_OUTSIDE_LIMIT",
                "1.0; REQUEST_INVALID",
                "1e3; REQUEST_INVALID",
                "\"1\"; REQUEST_INVALID",
                "null; REQUEST_INVALID",
                "true; REQUEST_INVALID"
            })
    void shouldRefuseWhenAmountIsNone(String amount, ErrorCode code) {
        refused("{\"inputs\":[],\"outputs\":[{\"amount\":%s,\"id\":\"%s\",\"B_\":\"%s\"}]}"
                        .formatted(amount, KEYSET, KEY))
                .isEqualTo(code);
    }

    private static AbstractObjectAssert<?, ?> refused(String swap) {
        return assertThatThrownBy(() -> SwapMessages.SwapRequest.read(JsonText.read(swap, LIMIT)))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedJsonException.class))
                .extracting(MalformedJsonException::code);
    }

    @Test
    void shouldNameTheCodeOfTheNutsWhenAMemberIsWrong() {
        String input = "{\"amount\":1,\"id\":\"%s\",\"secret\":\"mysecret\",\"C\":\"%s\"}";
        String swap = "{\"inputs\":[%s],\"outputs\":[]}";
        refused(swap.formatted(input.formatted("00ab", KEY))).isEqualTo(ErrorCode.KEYSET_UNKNOWN);
        refused(swap.formatted(input.formatted(KEYSET, "02" + "ff".repeat(32)))).isEqualTo(ErrorCode.PROOF_INVALID);
        refused(swap.formatted("1")).isEqualTo(ErrorCode.REQUEST_INVALID);
        refused("{\"outputs\":[]}").isEqualTo(ErrorCode.REQUEST_INVALID);
        refused("{\"inputs\":[" + "1,".repeat(Values.ELEMENTS) + "1],\"outputs\":[]}")
                .isEqualTo(ErrorCode.MAX_INPUTS_EXCEEDED);
        refused("{\"inputs\":[],\"outputs\":[" + "1,".repeat(Values.ELEMENTS) + "1]}")
                .isEqualTo(ErrorCode.MAX_OUTPUTS_EXCEEDED);
    }

    @Test
    void shouldNamePlaceAndNotValueWhenAMemberIsWrong() {
        String swap =
                "{\"inputs\":[{\"amount\":1,\"id\":\"%s\",\"secret\":\"mysecret\",\"C\":\"mysecret\"}],\"outputs\":[]}"
                        .formatted(KEYSET);
        assertThatThrownBy(() -> SwapMessages.SwapRequest.read(JsonText.read(swap, LIMIT)))
                .hasMessage("inputs[0].C: a compressed point in hexadecimal digits is expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{'a':1}",
                "NaN",
                "[1,]",
                "{\"secret\":mysecret}",
                "// x\n1"
            })
    void shouldRefuseWhenTextIsNoJson(String text) {
        assertThatThrownBy(() -> JsonText.read(text, LIMIT).names())
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("mysecret");
    }

    @Test
    void shouldRefuseWhenTextIsTooLongOrTooDeepOrNoUtf8() {
        assertThatThrownBy(() -> JsonText.read("[1]", 2)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> JsonText.read(new byte[] {'"', (byte) 0xff, '"'}, LIMIT))
                .isInstanceOf(MalformedJsonException.class);
        String deep = "[".repeat(JsonText.DEPTH + 1) + "]".repeat(JsonText.DEPTH + 1);
        assertThatThrownBy(() -> JsonText.read(deep, LIMIT)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> JsonText.read("1".repeat(10_000), LIMIT)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void shouldRefuseHalfASurrogatePairSinceItHasNoUtf8() {
        assertThatThrownBy(() -> JsonText.read("\"\\ud800\"", LIMIT).text(10))
                .isInstanceOf(MalformedJsonException.class);
        assertThat(JsonText.read("\"\\ud83e\\udd5c\"", LIMIT).text(10)).isEqualTo("🥜");
    }

    @Test
    void shouldKeepBlindingFactorFromTheMint() {
        Proof proof = new Proof(
                Amount.ONE, KEYSET, "secret", KEY, Optional.empty(), Optional.of(new ProofDleq(DLEQ, SECRET_KEY)));
        assertThat(new SwapMessages.SwapRequest(List.of(proof), List.of()).encode())
                .doesNotContain("dleq");
        assertThat(Values.proof(JsonText.read(JsonText.write(Values.toJson(proof)), LIMIT)))
                .isEqualTo(proof);
    }

    @Test
    void shouldTakeWitnessAsObjectToo() {
        String json = "{\"amount\":1,\"id\":\"%s\",\"secret\":\"s\",\"C\":\"%s\",\"witness\":{\"signatures\":[\"ab\"]}}"
                .formatted(KEYSET, KEY);
        assertThat(Values.proof(JsonText.read(json, LIMIT)).witness()).contains("{\"signatures\":[\"ab\"]}");
    }

    @Test
    void shouldRefuseBatchWhenListsDifferInLength() {
        String batch = "{\"quotes\":[\"a\",\"b\"],\"outputs\":[],\"signatures\":[null]}";
        assertThatThrownBy(() -> QuoteMessages.BatchMintRequest.read(JsonText.read(batch, LIMIT)))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedJsonException.class))
                .extracting(MalformedJsonException::code)
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
    }

    @Test
    void shouldRefuseQuoteWhenMoreIsIssuedThanPaid() {
        String quote = QUOTE.encode().replace("\"amount_paid\":18446744073709551615", "\"amount_paid\":0");
        assertThatThrownBy(() -> QuoteMessages.QuoteAnswer.read(JsonText.read(quote, LIMIT), "ehash"))
                .hasMessage("amount_issued: no more than amount_paid is expected");
    }
}
