package org.ehashpool.kit.sv2.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehashpool.kit.sv2.setup.SetupPolicy.Answer.Accepted;
import org.ehashpool.kit.sv2.setup.SetupPolicy.Answer.Refused;
import org.junit.jupiter.api.Test;

final class SetupPolicyTest {

    private static final SetupPolicy MINING = SetupPolicy.of(0).withSupportedFlags(0b011);

    @Test
    void shouldEchoVersionAndServerFlagsWhenAccepted() {
        SetupPolicy policy = MINING.withServerFlags(0b10);
        assertThat(policy.answer(0, 2, 2, 0b01)).isEqualTo(new Accepted(2, 0b10));
    }

    @Test
    void shouldRefuseWithoutFlagsWhenProtocolIsAnother() {
        assertThat(MINING.answer(1, 2, 2, 0xffff_ffffL)).isEqualTo(new Refused(0, "unsupported-protocol"));
    }

    @Test
    void shouldNameEveryUnsupportedFlagWhenAllFlagsAreSet() {
        assertThat(MINING.answer(0, 2, 2, 0xffff_ffffL))
                .isEqualTo(new Refused(0xffff_fffcL, "unsupported-feature-flags"));
    }

    @Test
    void shouldNameUnsupportedFlagsTooWhenVersionDoesNotMatch() {
        assertThat(MINING.answer(0, 3, 4, 0b111)).isEqualTo(new Refused(0b100, "protocol-version-mismatch"));
        assertThat(MINING.answer(0, 3, 4, 0b011)).isEqualTo(new Refused(0, "protocol-version-mismatch"));
    }

    @Test
    void shouldChooseHighestVersionOfBothWhenRangesOverlap() {
        SetupPolicy policy = new SetupPolicy(0, 2, 5, 0, 0, ExtensionPolicy.NONE);
        assertThat(policy.answer(0, 1, 4, 0)).isEqualTo(new Accepted(4, 0));
        assertThat(policy.answer(0, 4, 9, 0)).isEqualTo(new Accepted(5, 0));
        assertThat(policy.answer(0, 5, 4, 0)).isEqualTo(new Refused(0, "protocol-version-mismatch"));
        assertThat(policy.answer(0, 0, 1, 0)).isEqualTo(new Refused(0, "protocol-version-mismatch"));
    }

    @Test
    void shouldNotBeBuiltWhenFixedVersionAndVersionRollingAreBothPromised() {
        SetupPolicy rolling = SetupPolicy.of(0).withSupportedFlags(0b100);
        assertThatThrownBy(() -> rolling.withServerFlags(0b01)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SetupPolicy.of(1)
                        .withSupportedFlags(0b100)
                        .withServerFlags(0b01)
                        .serverFlags())
                .isEqualTo(1);
    }
}
