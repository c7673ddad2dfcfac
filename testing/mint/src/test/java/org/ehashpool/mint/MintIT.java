package org.ehashpool.mint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as an operator runs it: a process of its own, on an embedded Postgres. */
final class MintIT {

    @TempDir
    private Path home;

    private final List<MintProcess> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (MintProcess process : started) {
            process.stop();
        }
    }

    @Test
    void shouldBeTheSameMintWhenKilledAndStartedAgain() throws Exception {
        MintProcess first = launch().awaitReady();
        JsonObject before = first.details().getJsonObject("mint");
        assertThat(before.getBoolean("open")).isTrue();
        assertThat(before.getString("profile")).isEqualTo("ehash");
        assertThat(before.getJsonArray("keysets")).hasSize(1);
        assertThat(first.get("/metrics").body()).contains("ehash_mint_operations");
        assertThat(first.log()).contains("curve_selected");
        assertThat(Files.getPosixFilePermissions(seed()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        first.process().destroyForcibly().waitFor();

        MintProcess second = launch().awaitReady();

        JsonObject after = second.details().getJsonObject("mint");
        assertThat(after.getString("public_key")).isEqualTo(before.getString("public_key"));
        assertThat(after.getJsonArray("keysets")).isEqualTo(before.getJsonArray("keysets"));
        second.stop();
        assertThat(second.process().exitValue()).isZero();

        Files.move(seed(), home.resolve("mint").resolve("elsewhere"));
        MintProcess third = launch();
        assertThat(third.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(third.process().exitValue()).isEqualTo(1);
        assertThat(third.log()).contains("its seed is not in");
    }

    private Path seed() {
        return home.resolve("mint").resolve("seed");
    }

    private MintProcess launch() throws IOException {
        MintProcess process = MintProcess.launch(home, Map.of());
        started.add(process);
        return process;
    }
}
