package org.ehashpool.mining.extranonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class ExtranonceAllocatorTest {
    private static final ExtranonceLayout SMALL = new ExtranonceLayout(Bytes.EMPTY, 1, 1, List.of(8));

    private static Optional<ExtranoncePrefix> take(ExtranonceAllocator allocator) {
        return switch (allocator.allocate()) {
            case ExtranonceAllocator.Allocated(ExtranoncePrefix prefix) -> Optional.of(prefix);
            case ExtranonceAllocator.Exhausted exhausted -> Optional.empty();
        };
    }

    @Test
    void shouldAnswerExhaustionAndRecoverAfterTheNextBlock() {
        ExtranonceAllocator allocator = ExtranonceAllocator.of(SMALL, 7);
        List<ExtranoncePrefix> taken = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            taken.add(take(allocator).orElseThrow());
        }

        assertThat(take(allocator)).isEmpty();
        taken.forEach(allocator::release);
        assertThat(take(allocator)).isEmpty();
        assertThat(allocator.inUse()).isZero();

        allocator.previousHashChanged(U256.of(1));
        for (int i = 0; i < 256; i++) {
            assertThat(take(allocator)).isPresent();
        }
        assertThat(take(allocator)).isEmpty();
    }

    @Test
    void shouldNeverHandOutAPrefixTwiceUnderOnePreviousHash() {
        Random random = new Random(11);
        ExtranonceAllocator allocator = ExtranonceAllocator.of(SMALL, 0);
        List<ExtranoncePrefix> live = new ArrayList<>();
        Set<Bytes> used = new HashSet<>();
        long tip = 0;
        for (int i = 0; i < 200_000; i++) {
            int action = random.nextInt(100);
            if (action == 0) {
                allocator.previousHashChanged(U256.of(++tip));
                used.clear();
                live.forEach(prefix -> used.add(prefix.bytes()));
            } else if (action < 60) {
                take(allocator).ifPresent(prefix -> {
                    assertThat(used.add(prefix.bytes())).isTrue();
                    live.add(prefix);
                });
            } else if (!live.isEmpty()) {
                allocator.release(live.remove(random.nextInt(live.size())));
            }
            assertThat(allocator.inUse()).isEqualTo(live.size());
        }
        assertThat(tip).isGreaterThan(1_000);
    }

    @Test
    void shouldFreeNothingWhenAPreviousHashComesBack() {
        ExtranonceAllocator allocator = ExtranonceAllocator.of(SMALL, 0);
        allocator.previousHashChanged(U256.of(1));
        for (int i = 0; i < 256; i++) {
            allocator.release(take(allocator).orElseThrow());
        }

        allocator.previousHashChanged(U256.of(1));

        assertThat(take(allocator)).isEmpty();
    }

    @Test
    void shouldIgnoreASecondRelease() {
        ExtranonceAllocator allocator = ExtranonceAllocator.of(SMALL, 0);
        ExtranoncePrefix prefix = take(allocator).orElseThrow();
        allocator.release(prefix);
        allocator.release(prefix);

        Map<Bytes, Integer> counts = new HashMap<>();
        allocator.previousHashChanged(U256.of(1));
        for (int i = 0; i < 256; i++) {
            counts.merge(take(allocator).orElseThrow().bytes(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(256);
    }

    @Test
    void shouldKeepServersAndEventLoopsApart() {
        ExtranonceLayout layout = new ExtranonceLayout(Bytes.fromHex("aabb"), 2, 1, List.of(8));
        Set<Bytes> all = new HashSet<>();
        for (int server : new int[] {0, 1, 0xffff}) {
            for (int part = 0; part < 4; part++) {
                ExtranonceAllocator allocator = ExtranonceAllocator.partition(layout, server, part, 4);
                for (int i = 0; i < 64; i++) {
                    ExtranoncePrefix prefix = take(allocator).orElseThrow();
                    assertThat(all.add(prefix.bytes())).isTrue();
                    assertThat(prefix.bytes().toHex()).startsWith("aabb%04x".formatted(server));
                    assertThat(prefix.filledUp(13).toHex())
                            .isEqualTo(prefix.bytes().toHex() + "0000000000000000");
                }
                assertThat(take(allocator)).isEmpty();
            }
        }
        assertThat(all).hasSize(3 * 256);
    }

    @Test
    void shouldOfferOneSizeOfExtranonceToTheMembersOfAGroup() {
        ExtranonceLayout layout = ExtranonceLayout.POOL;

        assertThat(layout.fullSizes()).containsExactly(14, 22);
        assertThat(layout.rollableSize(0)).hasValue(8);
        assertThat(layout.rollableSize(8)).hasValue(8);
        assertThat(layout.rollableSize(9)).hasValue(16);
        assertThat(layout.rollableSize(17)).isEmpty();
    }

    @Test
    void shouldRefuseImpossibleLayouts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExtranonceLayout(Bytes.of(new byte[20]), 2, 4, List.of(8)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtranonceLayout(Bytes.EMPTY, 5, 4, List.of(8)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtranonceLayout(Bytes.EMPTY, 2, 0, List.of(8)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtranonceLayout(Bytes.EMPTY, 2, 4, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExtranonceLayout(Bytes.EMPTY, 2, 4, List.of(8, 8)));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtranonceAllocator.of(SMALL, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtranonceAllocator.partition(SMALL, 0, 3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtranonceAllocator.partition(SMALL, 0, 4, 4));
    }
}
