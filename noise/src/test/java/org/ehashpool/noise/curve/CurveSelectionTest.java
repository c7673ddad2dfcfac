package org.ehashpool.noise.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class CurveSelectionTest {
    private static Secp256k1 missing() {
        throw new UnsatisfiedLinkError("no library here");
    }

    @Test
    void shouldSelectTheNativeLibraryWhenItLoads() {
        CurveSelection selection = CurveSelection.select(new SecureRandom());

        assertThat(selection.curve().name()).isEqualTo("native");
        assertThat(selection.reason()).startsWith("native");
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

    @Test
    void shouldSelectJavaWhenTheLibraryComputesSomethingElse() {
        NativeFunctions good = NativeFunctions.load();
        MethodType type = good.ellSwiftSharedSecret().type();
        MethodHandle writesNothing =
                MethodHandles.dropArguments(MethodHandles.constant(int.class, 1), 0, type.parameterList());
        NativeFunctions bad = new NativeFunctions(
                good.contextSize(),
                good.contextCreate(),
                good.contextRandomize(),
                good.secretKeyVerify(),
                good.publicKeyParse(),
                good.publicKeySerialize(),
                good.xOnlyParse(),
                good.xOnlySerialize(),
                good.keyPairCreate(),
                good.keyPairXOnly(),
                good.ellSwiftCreate(),
                good.ellSwiftEncode(),
                good.ellSwiftDecode(),
                writesNothing,
                good.bip324Hash(),
                good.schnorrSign(),
                good.schnorrVerify());

        CurveSelection selection = CurveSelection.select(null, () -> new NativeSecp256k1(bad, new SecureRandom()));

        assertThat(selection.curve().name()).isEqualTo("java");
        assertThat(selection.reason()).contains("another value than BIP 324");
    }
}
