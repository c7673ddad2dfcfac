package org.ehashpool.kit.sv2.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy.Answer.Granted;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy.Answer.Refused;
import org.junit.jupiter.api.Test;

final class ExtensionPolicyTest {

    private static final ExtensionPolicy OPTIONAL = new ExtensionPolicy(Set.of(2, 0x4548), Set.of(), Set.of());
    private static final ExtensionPolicy REQUIRING = new ExtensionPolicy(Set.of(2, 5), Set.of(5), Set.of());

    @Test
    void shouldGrantTheSupportedOnesWhenSomeAreUnsupported() {
        assertThat(OPTIONAL.answer(List.of(3, 2))).isEqualTo(new Granted(List.of(2)));
    }

    @Test
    void shouldRefuseWhenNoneIsSupported() {
        assertThat(OPTIONAL.answer(List.of(4, 3, 3))).isEqualTo(new Refused(List.of(3, 4), List.of()));
    }

    @Test
    void shouldListWhatIsRequiredWhenItWasNotRequested() {
        // The example of section 4.6: [0x0002, 0x0003] is answered with unsupported 0x0003, required 0x0005.
        assertThat(REQUIRING.answer(List.of(2, 3))).isEqualTo(new Refused(List.of(3), List.of(5)));
        assertThat(REQUIRING.answer(List.of(2, 5))).isEqualTo(new Granted(List.of(2, 5)));
    }

    @Test
    void shouldGrantNothingWhenNothingIsRequested() {
        assertThat(OPTIONAL.answer(List.of())).isEqualTo(new Granted(List.of()));
        assertThat(REQUIRING.answer(List.of())).isEqualTo(new Refused(List.of(), List.of(5)));
    }

    @Test
    void shouldGrantNegotiationItselfWhenRequested() {
        assertThat(ExtensionPolicy.NONE.answer(List.of(1))).isEqualTo(new Granted(List.of(1)));
    }

    @Test
    void shouldSupportWhatIsImpliedWhenRequestedAnyway() {
        ExtensionPolicy implying = new ExtensionPolicy(Set.of(), Set.of(0x4548), Set.of(0x4548));
        assertThat(implying.isSatisfiedBy(implying.initial())).isTrue();
        assertThat(implying.answer(List.of(0x4548))).isEqualTo(new Granted(List.of(0x4548)));
    }

    @Test
    void shouldNotBeBuiltWhenRequiredIsNotSupported() {
        assertThatThrownBy(() -> new ExtensionPolicy(Set.of(), Set.of(2), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtensionPolicy(Set.of(0x8001), Set.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
