package org.ehashpool.cli.interop.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.cli.process.ServiceProcess;

/** A service of ours at work, configured by a file. */
public final class Service {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(60);
    private static final int LINES = 25;

    private final Site site;
    private final URI url;
    private final ServiceProcess process;

    private Service(Site site, URI url, ServiceProcess process) {
        this.site = site;
        this.url = url;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param configuration TOML without the HTTP port, which is a free one; tables last
     * @param http what else the table of the HTTP port holds
     */
    static Service start(Site site, String name, String configuration, String http) throws IOException {
        Path directory = site.directory(name);
        int port = Site.freePort();
        Path file = directory.resolve(name + ".toml");
        Files.writeString(file, configuration + "\n[http]\nlisten = \"127.0.0.1:" + port + "\"\n" + http + "\n");
        List<String> command = new ArrayList<>(Launch.service(name));
        command.addAll(List.of("--config", file.toString()));
        URI url = URI.create("http://127.0.0.1:" + port);
        return new Service(
                site,
                url,
                ServiceProcess.start(
                        name,
                        command,
                        Map.of("EHASH_HOME", directory.toString()),
                        directory.resolve(name + ".log"),
                        url,
                        site.http()));
    }

    String name() {
        return process.name();
    }

    /** Its HTTP port. */
    URI url() {
        return url;
    }

    boolean ended() throws InterruptedException {
        return switch (process.state()) {
            case STARTING, READY, NOT_READY -> false;
            case STOPPED, FAILED -> true;
        };
    }

    List<String> lastLines() {
        try {
            return process.lastLogLines(LINES).lines().toList();
        } catch (UncheckedIOException e) {
            return List.of("(no log: " + e.getMessage() + ")");
        }
    }

    void awaitReady() throws ScenarioFailure, InterruptedException {
        site.await(name() + " to be ready", START, () -> process.state() == ServiceProcess.State.READY);
    }

    /** Waits until it listens, ready or not, and names its SV2 address. */
    String awaitAddress() throws ScenarioFailure, IOException, InterruptedException {
        site.await(name() + " to listen", START, () -> !address().isEmpty());
        return address();
    }

    private String address() throws IOException, InterruptedException {
        for (JsonNode part : get("/api/v1/state").path("details")) {
            String address = part.path("address").asText();
            if (address.startsWith("stratum2+tcp://")) {
                return address;
            }
        }
        return "";
    }

    /**
     * What it answers.
     *
     * @throws IOException if it does not, or says that it cannot
     */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = process.get(path);
        if (response.statusCode() != 200) {
            throw new IOException(name() + path + " answers with status " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    void stop() throws InterruptedException {
        var _ = process.stop();
    }
}
