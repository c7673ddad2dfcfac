package org.ehashpool.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** The fuzzers themselves must be able to fail. */
class PropertyTest {
    @Test
    void shouldFailWhenAllocationFollowsAClaimAndNotTheInput() {
        assertThat(AllocationBound.within(100, () -> new byte[1_000])).hasSize(1_000);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> AllocationBound.within(100, () -> new byte[1 << 20]))
                .withMessageContaining("bytes allocated for 100 bytes of input");
    }

    @Test
    void shouldNameTargetAndInputWhenOneOfAllFails() {
        EverythingProperty everything = new EverythingProperty((target, input) -> {
            throw new IllegalStateException("a bug");
        });
        byte[] prefixed = EverythingProperty.input(FuzzTarget.URL, new byte[] {1, 2, (byte) 0xff});
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> everything.check(prefixed))
                .withMessage("target url, input 0102ff")
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRunEachTargetWhenFirstByteNamesIt() {
        EverythingProperty everything = new EverythingProperty();
        for (FuzzTarget target : EverythingProperty.targets()) {
            everything.check(EverythingProperty.input(target, Seeds.of(target).getFirst()));
        }
        assertThat(everything.summary().lines())
                .hasSize(EverythingProperty.targets().size())
                .allMatch(line -> line.endsWith(": 1"));
    }

    @Test
    void shouldReadZerosWhenInputIsTooShort() {
        FuzzInput in = new FuzzInput(new byte[] {1, 2, 3});
        assertThat(in.u16()).isEqualTo(0x0201);
        assertThat(in.take(3)).containsExactly(3, 0, 0);
        assertThat(in.u32()).isZero();
        assertThat(in.remaining()).isZero();
    }

    @Test
    void shouldTellWhetherItChangedAnything() {
        byte[] target = {5, 6};
        assertThat(new FuzzInput(new byte[] {1, 0, 0}).mutate(target)).isFalse();
        assertThat(new FuzzInput(new byte[] {3, 0, 1}).mutate(target)).isTrue();
        assertThat(target).containsExactly(5, 7);
    }

    @Test
    void shouldRefuseToFuzzBeforeItKnowsWhat() {
        assertThatIllegalStateException().isThrownBy(() -> FuzzEntry.fuzzerTestOneInput(new byte[0]));
    }
}
