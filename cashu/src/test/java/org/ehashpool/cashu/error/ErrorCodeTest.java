package org.ehashpool.cashu.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    @Test
    void shouldHaveTheNumbersOfTheTable() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number).filter(number -> number != 0))
                .containsExactly(
                        10001, 11001, 11002, 11003, 11004, 11005, 11006, 11007, 11008, 11009, 11010, 11011, 11012,
                        11013, 11014, 11015, 11016, 11017, 12001, 12002, 12003, 20001, 20002, 20003, 20004, 20005,
                        20006, 20007, 20008, 20009, 30001, 30002, 31001, 31002, 31003, 31004, 20008);
    }

    @Test
    void shouldFindACodeByItsNumber() {
        assertThat(ErrorCode.of(11001)).contains(ErrorCode.PROOFS_SPENT);
        assertThat(ErrorCode.of(20008)).contains(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(ErrorCode.of(12345)).isEmpty();
        assertThat(ErrorCode.of(0)).isEmpty();
        assertThat(ErrorCode.values()).allMatch(code -> !code.words().isBlank());
    }
}
