package org.ehashpool.noise.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.noise.Vectors.csv;
import static org.ehashpool.noise.Vectors.hex;

import java.util.Map;
import java.util.Objects;
import org.bouncycastle.math.ec.ECFieldElement;
import org.junit.jupiter.api.Test;

class EllSwiftTest {
    @Test
    void shouldInvertAsTheVectorsWhenGivenEachBranch() {
        for (Map<String, String> row : csv("bip324/xswiftec_inv_test_vectors.csv")) {
            ECFieldElement u = EllSwift.element(hex(row, "u"), 0);
            ECFieldElement x = EllSwift.element(hex(row, "x"), 0);
            for (int branch = 0; branch < 8; branch++) {
                String expected = Objects.requireNonNull(row.get("case" + branch + "_t"));
                ECFieldElement t = EllSwift.inverse(x, u, branch);
                if (expected.isEmpty()) {
                    assertThat(t).as("branch %s of %s", branch, row).isNull();
                } else {
                    assertThat(t).as("branch %s of %s", branch, row).isEqualTo(EllSwift.element(hex(expected), 0));
                }
            }
        }
    }
}
