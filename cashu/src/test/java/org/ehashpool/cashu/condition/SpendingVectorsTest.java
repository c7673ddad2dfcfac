package org.ehashpool.cashu.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.Values;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NUT-11's vectors, which hold NUT-14's too. */
class SpendingVectorsTest {
    private static final long NOW = 1_700_000_000;
    private static final List<Vectors.Block> BLOCKS = Vectors.nuts("nut11");

    /** Without witness; a signature of another secret; one of two; too early; different tags; too early again. */
    private static final Set<Integer> REFUSED = Set.of(0, 4, 6, 8, 12, 16);

    private record Transaction(List<Proof> inputs, List<BlindedMessage> outputs, Optional<String> quote) {
        static Transaction of(String json) {
            JsonValue value = JsonText.read(json, 1 << 16);
            return value.find("inputs").isEmpty()
                    ? new Transaction(List.of(Values.proof(value)), List.of(), Optional.empty())
                    : new Transaction(
                            value.member("inputs").elements(10, Values::proof),
                            value.member("outputs").elements(10, Values::blindedMessage),
                            value.find("quote").map(quote -> quote.text(100)));
        }

        Optional<ConditionFailure> check() {
            return SpendingConditions.check(inputs, outputs, quote, NOW);
        }
    }

    static Stream<Integer> transactions() {
        return IntStream.range(0, BLOCKS.size())
                .filter(i -> BLOCKS.get(i).data().startsWith("{"))
                .boxed();
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void shouldAgreeWithVectorWhenTransactionIsPublished(int index) {
        Optional<ConditionFailure> failure =
                Transaction.of(BLOCKS.get(index).data()).check();
        if (REFUSED.contains(index)) {
            assertThat(failure).get().extracting(ConditionFailure::code).isEqualTo(ErrorCode.WITNESS_INVALID);
        } else {
            assertThat(failure).isEmpty();
        }
    }

    @Test
    void shouldCoverEveryPublishedTransaction() {
        assertThat(transactions()).hasSize(20);
    }

    @Test
    void shouldSignThePublishedMessageWhenAllIsSigned() {
        for (int message : List.of(10, 19)) {
            Transaction transaction = Transaction.of(BLOCKS.get(message - 1).data());
            SignedMessage signed =
                    SignedMessage.ofAll(transaction.inputs(), transaction.outputs(), transaction.quote());
            assertThat(signed.text()).isEqualTo(BLOCKS.get(message).data());
            assertThat(BLOCKS.get(message + 1).about()).contains(HexFormat.of().formatHex(signed.digest()));
        }
    }
}
