package org.ehashpool.miner.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceSearchTest {
    private final NonceSearch search = new NonceSearch();

    /** Blocks 0, 1 and 125552 of the main chain. */
    @ParameterizedTest
    @CsvSource({
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc388"
                + "8a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
        "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3"
                + "540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299",
        "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b1eb942ae710e951e"
                + "d797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695"
    })
    void shouldFindTheNonceOfAKnownBlock(String hex) {
        BlockHeader header = BlockHeader.parse(Bytes.fromHex(hex));
        search.header(Bytes.fromHex(hex).toByteArray());

        int hits = search.search((int) header.nonce() - 77, 0);

        assertThat(nonces(hits)).containsExactly((int) header.nonce());
    }

    @Test
    void shouldAgreeWithTheJdkOnEveryHash() {
        Random random = new Random(7);
        DoubleSha256 hasher = new DoubleSha256();
        for (int round = 0; round < 50; round++) {
            byte[] header = new byte[BlockHeader.LENGTH];
            random.nextBytes(header);
            int first = random.nextInt();
            int limit = random.nextInt();
            search.header(header);

            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < NonceSearch.LANES; i++) {
                ByteBuffer.wrap(header).putInt(76, Integer.reverseBytes(first + i));
                U256 hash = hasher.hash(header);
                int highest = (int) Long.parseLong(hash.toHex().substring(0, 8), 16);
                if (Integer.compareUnsigned(highest, limit) <= 0) {
                    expected.add(first + i);
                }
            }

            assertThat(nonces(search.search(first, limit))).isEqualTo(expected);
        }
    }

    private List<Integer> nonces(int hits) {
        List<Integer> nonces = new ArrayList<>();
        for (int i = 0; i < hits; i++) {
            nonces.add(search.hit(i));
        }
        return nonces;
    }
}
