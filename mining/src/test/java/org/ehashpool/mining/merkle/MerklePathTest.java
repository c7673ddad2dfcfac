package org.ehashpool.mining.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class MerklePathTest {
    private final DoubleSha256 hasher = new DoubleSha256();

    @Test
    void shouldLeadToTheRootOfTheTreeForAnyNumberOfTransactions() {
        Random random = new Random(2);
        for (int count = 1; count < 70; count++) {
            List<U256> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(U256.of(new BigInteger(256, random)));
            }

            MerklePath path = MerklePath.ofTransactions(ids.subList(1, count), hasher);

            assertThat(path.root(ids.getFirst(), hasher)).isEqualTo(MerkleTree.root(ids, hasher));
            assertThat(path.size()).isEqualTo(32 - Integer.numberOfLeadingZeros(count - 1));
            assertThat(MerklePath.of(path.steps())).isEqualTo(path).hasSameHashCodeAs(path);
        }
    }

    @Test
    void shouldHaveTheSameRootAsBitcoinKmp() {
        List<U256> ids = new ArrayList<>();
        List<fr.acinq.bitcoin.ByteVector32> theirs = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
            U256 id = U256.of(BigInteger.valueOf(i).pow(40));
            ids.add(id);
            theirs.add(new fr.acinq.bitcoin.ByteVector32(id.toLittleEndian().toByteArray()));
        }

        assertThat(MerkleTree.root(ids, hasher).toLittleEndian().toByteArray())
                .isEqualTo(fr.acinq.bitcoin.MerkleTree.computeRoot(theirs).toByteArray());
    }

    @Test
    void shouldLeaveALoneCoinbaseAsItIs() {
        assertThat(MerklePath.EMPTY.root(U256.of(5), hasher)).isEqualTo(U256.of(5));
        assertThat(MerklePath.of(List.of())).isSameAs(MerklePath.EMPTY);
    }

    @Test
    void shouldRefusePathsTooLongForTheWire() {
        assertThatIllegalArgumentException().isThrownBy(() -> MerklePath.of(Collections.nCopies(256, U256.ZERO)));
        assertThat(MerklePath.of(Collections.nCopies(255, U256.ZERO)).size()).isEqualTo(255);
    }

    @Test
    void shouldFindDoubledTransactions() {
        List<U256> three = List.of(U256.of(1), U256.of(2), U256.of(3));
        List<U256> doubled = List.of(U256.of(1), U256.of(2), U256.of(3), U256.of(3));

        assertThat(MerkleTree.root(three, hasher)).isEqualTo(MerkleTree.root(doubled, hasher));
        assertThat(MerkleTree.isAmbiguous(three, hasher)).isFalse();
        assertThat(MerkleTree.isAmbiguous(doubled, hasher)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.root(List.of(), hasher));
    }
}
