package org.ehashpool.kit.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTemplateTest {
    private static final String TEMPLATE = """
            {"version": 536870912, "previousblockhash": "%s", "height": 102, "bits": "207fffff",
             "curtime": 1700000000, "mintime": 1699999000, "coinbasevalue": 5000000300, "weightlimit": 4000000,
             "sigoplimit": 80000, "longpollid": "abc1",
             "transactions": [
               {"data": "01", "txid": "%s", "hash": "%s", "fee": 100, "weight": 400, "sigops": 4, "depends": []},
               {"data": "02", "txid": "%s", "hash": "%s", "fee": 200, "weight": 500, "sigops": 0, "depends": [1]}]}
            """.formatted(hash(1), hash(2), hash(3), hash(4), hash(5));

    @Test
    void shouldReadEveryField() {
        BlockTemplate template = BlockTemplate.of(json());

        assertThat(template.previousHash()).isEqualTo(U256.fromHex(hash(1)));
        assertThat(template.bits()).isEqualTo(0x207fffffL);
        assertThat(template.subsidy()).isEqualTo(5_000_000_000L);
        assertThat(template.fees()).isEqualTo(300);
        assertThat(template.transactions().getLast())
                .isEqualTo(new BlockTemplate.Transaction(
                        Bytes.fromHex("02"), U256.fromHex(hash(4)), U256.fromHex(hash(5)), 200, 500, 0, List.of(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "coinbasevalue, 299",
        "coinbasevalue, 2100000000000001",
        "coinbasevalue, 1.5",
        "height, 0",
        "height, 4294967296",
        "weightlimit, 4000001",
        "curtime, -1",
        "bits, 1",
        "longpollid, 7",
        "previousblockhash, 7"
    })
    void shouldRefuseWhatIsOutOfRange(String field, String value) throws JsonProcessingException {
        ObjectNode changed = json();
        changed.set(field, JsonMapper.builder().build().readTree(value));

        assertThatThrownBy(() -> BlockTemplate.of(changed))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    @Test
    void shouldRefuseATransactionThatComesBeforeItsParent() {
        ObjectNode changed = json();
        ((ObjectNode) changed.path("transactions").get(0)).putArray("depends").add(2);

        assertThatThrownBy(() -> BlockTemplate.of(changed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseATransactionThatIsThereTwice() {
        ObjectNode changed = json();
        ((ObjectNode) changed.path("transactions").get(1)).put("txid", hash(2));

        assertThatThrownBy(() -> BlockTemplate.of(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    private static ObjectNode json() {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(TEMPLATE);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String hash(int number) {
        return "%064x".formatted(number);
    }
}
