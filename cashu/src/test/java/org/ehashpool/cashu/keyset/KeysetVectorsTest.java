package org.ehashpool.cashu.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.junit.jupiter.api.Test;

class KeysetVectorsTest {

    private static PublicKeys keys(Vectors.Block block) {
        Map<Amount, PublicKey> keys = new HashMap<>();
        block.json()
                .properties()
                .forEach(entry -> keys.put(
                        Amount.parse(entry.getKey()),
                        PublicKey.parse(entry.getValue().asText())));
        return new PublicKeys(keys);
    }

    @Test
    void shouldRefuseTheVectorsBadKeysAndTakeTheGoodOnes() {
        List<Vectors.Block> blocks = Vectors.nuts("nut01");
        assertThat(blocks).hasSize(4);

        assertThatIllegalArgumentException().isThrownBy(() -> keys(blocks.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> keys(blocks.get(1)));
        assertThat(keys(blocks.get(2)).byAmount()).hasSize(4);
        assertThat(keys(blocks.get(3)).byAmount().lastKey()).isEqualTo(Amount.powerOfTwo(63));
    }

    @Test
    void shouldGiveTheVectorsIdsOfBothVersions() {
        List<Vectors.Block> blocks = Vectors.nuts("nut02");
        assertThat(blocks).hasSize(5);

        for (Vectors.Block block : blocks) {
            KeysetId id = KeysetId.parse(block.named("Keyset id").getFirst());
            String unit = block.named("Unit").stream().findFirst().orElse("sat");
            long fee = block.named("Input fee ppk").stream()
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
            OptionalLong expiry = block.named("Final expiry").stream()
                    .mapToLong(Long::parseLong)
                    .findFirst();
            PublicKeys keys = keys(block);

            assertThat(new Keyset(id, unit, fee, expiry, keys).hasItsOwnId())
                    .as(id.toString())
                    .isTrue();
            switch (id.version()) {
                case V1 -> assertThat(KeysetIds.version1(keys)).isEqualTo(id);
                case V2 -> {
                    assertThat(Keyset.of(unit, fee, expiry, keys).id()).isEqualTo(id);
                    assertThat(new Keyset(id, "usd", fee, expiry, keys).hasItsOwnId())
                            .isFalse();
                    assertThat(new Keyset(id, unit, fee + 1, expiry, keys).hasItsOwnId())
                            .isFalse();
                    assertThat(new Keyset(id, unit, fee, OptionalLong.of(1), keys).hasItsOwnId())
                            .isFalse();
                }
            }
        }
        assertThat(blocks.stream()
                        .map(block -> KeysetId.parse(block.named("Keyset id").getFirst())
                                .version()))
                .containsExactly(
                        KeysetId.Version.V1,
                        KeysetId.Version.V1,
                        KeysetId.Version.V2,
                        KeysetId.Version.V2,
                        KeysetId.Version.V2);
    }
}
