package org.ehashpool.cli.interop.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class AnyoneCanSpendTest {
    private static final String ID = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void shouldWriteEveryFieldWhenAsked() {
        assertThat(AnyoneCanSpend.transaction(ID, 3, 0x0102030405L, 1_000))
                .isEqualTo("02000000"
                        + "01"
                        + "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100"
                        + "03000000"
                        + "00"
                        + "ffffffff"
                        + "02"
                        + "0504030201000000" + "0151"
                        + "e803000000000000" + "0151"
                        + "00000000");
    }

    @Test
    void shouldBeLargeEnoughToBePassedOnWhenMade() {
        // Bitcoin Core passes on nothing that is smaller than 65 bytes without its witness.
        assertThat(AnyoneCanSpend.transaction(ID, 0, 1, 1).length() / 2).isGreaterThanOrEqualTo(65);
    }

    @Test
    void shouldRefuseWhenTheIdIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnyoneCanSpend.transaction("00", 0, 1, 1))
                .withMessageContaining("32 bytes");
    }
}
