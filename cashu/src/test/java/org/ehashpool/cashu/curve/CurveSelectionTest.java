package org.ehashpool.cashu.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CurveSelectionTest {

    private static Curve missing() {
        throw new UnsatisfiedLinkError("no library here");
    }

    @Test
    void shouldSelectTheNativeLibraryWhenItLoads() {
        CurveSelection selection = CurveSelection.selected();

        assertThat(selection.curve().name()).isEqualTo("native");
        assertThat(selection.reason()).startsWith("native");
        assertThat(Curve.get()).isSameAs(selection.curve());
    }

    @Test
    void shouldSelectJavaAndSayWhyWhenTheLibraryIsMissing() {
        CurveSelection selection = CurveSelection.select(null, CurveSelectionTest::missing);

        assertThat(selection.curve().name()).isEqualTo("java");
        assertThat(selection.reason()).contains("not usable").contains("no library here");
    }

    @Test
    void shouldSelectJavaWithoutTryingWhenAskedTo() {
        CurveSelection selection = CurveSelection.select("java", () -> {
            throw new AssertionError("not to be tried");
        });

        assertThat(selection.curve().name()).isEqualTo("java");
    }

    @Test
    void shouldFailWhenTheNativeLibraryIsDemandedAndMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CurveSelection.select("native", CurveSelectionTest::missing))
                .withMessageContaining("no library here");
    }

    @Test
    void shouldFailWhenThePropertyIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CurveSelection.select("rust", CurveSelectionTest::missing))
                .withMessageContaining("\"native\" or \"java\"");
    }
}
