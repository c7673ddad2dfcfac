package org.ehashpool.pool.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BanListTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final InetAddress INSIDE = InetAddress.ofLiteral("10.1.2.3");

    @TempDir
    private Path home;

    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private Path file = Path.of("");
    private BanList bans = new BanList(file, VERTX, () -> now);

    @BeforeEach
    void begin() {
        file = home.resolve("new").resolve("bans.json");
        bans = started();
    }

    @AfterAll
    static void close() {
        var _ = VERTX.close();
    }

    private BanList started() {
        BanList list = new BanList(file, VERTX, () -> now);
        await(list.start());
        return list;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static BanList.Subject range(String text) {
        return BanList.Subject.of(AddressRange.parse(text));
    }

    @Test
    void shouldBanAddressesUntilTheTimeIsUp() {
        await(bans.add(range("10.0.0.0/8"), Duration.ofHours(1), "test"));

        assertThat(bans.of(INSIDE)).isPresent();
        assertThat(bans.of(InetAddress.ofLiteral("11.1.2.3"))).isEmpty();
        now = now.plus(Duration.ofHours(1));
        assertThat(bans.of(INSIDE)).isEmpty();
        assertThat(bans.inForce()).isEmpty();
    }

    @Test
    void shouldBanAUserWithAllWorkersButNobodyElse() {
        await(bans.add(BanList.Subject.of(Text.of("alice")), Duration.ofHours(1), "test"));

        assertThat(bans.of(Text.of("alice"))).isPresent();
        assertThat(bans.of(Text.of("alice.rig"))).isPresent();
        assertThat(bans.of(Text.of("alicea"))).isEmpty();
        assertThat(bans.of(Text.of("alic"))).isEmpty();
    }

    @Test
    void shouldKeepBansAndTheirNumbersOverARestart() {
        long id = await(bans.add(range("10.0.0.1"), Duration.ofHours(1), "why"))
                .orElseThrow()
                .id();

        BanList again = started();

        assertThat(again.inForce()).isEqualTo(bans.inForce()).hasSize(1);
        assertThat(await(again.add(range("10.0.0.2"), Duration.ofHours(1), ""))
                        .orElseThrow()
                        .id())
                .isGreaterThan(id);
    }

    @Test
    void shouldForgetALiftedBanOverARestart() {
        long id = await(bans.add(range("10.0.0.1"), Duration.ofHours(1), ""))
                .orElseThrow()
                .id();

        assertThat(await(bans.remove(id))).isPresent();

        assertThat(await(bans.remove(id))).isEmpty();
        assertThat(started().inForce()).isEmpty();
    }

    @Test
    void shouldTakeNoMoreThanItMayAndGoOnWhenSomeHaveEnded() throws IOException {
        Files.createDirectories(file.getParent());
        StringBuilder json = new StringBuilder("[");
        for (int i = 1; i <= BanList.MOST; i++) {
            json.append(i == 1 ? "" : ",")
                    .append("{\"id\":" + i + ",\"user\":\"6100\",\"created_at\":0,\"until\":" + (now.toEpochMilli() + 1)
                            + ",\"reason\":\"\"}");
        }
        Files.writeString(file, json.append("]"));
        bans = started();

        assertThat(await(bans.add(range("10.0.0.1"), Duration.ofHours(1), ""))).isEqualTo(Optional.empty());
        now = now.plusSeconds(1);
        assertThat(await(bans.add(range("10.0.0.1"), Duration.ofHours(1), ""))).isPresent();
    }

    @Test
    void shouldNotStartWhenItsFileIsNotUnderstood() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[{\"id\":1}]");

        assertThatThrownBy(this::started)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("is no list of bans");
    }
}
