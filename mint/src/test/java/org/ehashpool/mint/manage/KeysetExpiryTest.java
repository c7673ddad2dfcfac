package org.ehashpool.mint.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.kit.http.Health;
import org.ehashpool.mint.store.StoredKeyset;
import org.junit.jupiter.api.Test;

final class KeysetExpiryTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final KeysetExpiry expiry = new KeysetExpiry();

    private static StoredKeyset keyset(String unit, boolean active, OptionalLong finalExpiry) {
        return new StoredKeyset(
                1,
                KeysetId.parse("00ad268c4d1f5826"),
                unit,
                0,
                0,
                finalExpiry,
                active,
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void shouldCountDownOfTheKeysetThatSignsAndNoOther() {
        assertThat(expiry.seconds("hash", NOW)).isInfinite();
        expiry.look(
                List.of(
                        keyset("hash", false, OptionalLong.of(NOW.getEpochSecond() - 5)),
                        keyset("hash", true, OptionalLong.of(NOW.getEpochSecond() + 60)),
                        keyset("sat", true, OptionalLong.empty())),
                NOW);

        assertThat(expiry.seconds("hash", NOW)).isEqualTo(60);
        assertThat(expiry.seconds("hash", NOW.plusSeconds(61))).isEqualTo(-1);
        assertThat(expiry.seconds("sat", NOW)).isInfinite();
    }

    @Test
    void shouldNotBeReadyWhenAUnitCanDoNothing() {
        assertThat(expiry.health(NOW)).isEqualTo(Health.up("no keyset that signs expires"));
        expiry.look(List.of(keyset("hash", true, OptionalLong.of(NOW.getEpochSecond() + 60))), NOW);

        assertThat(expiry.health(NOW)).isEqualTo(Health.up("hash: signs until 1970-01-12T13:47:40Z"));
        assertThat(expiry.health(NOW.plusSeconds(60)))
                .isEqualTo(Health.down("hash: expired at 1970-01-12T13:47:40Z, rotate it"));
    }
}
