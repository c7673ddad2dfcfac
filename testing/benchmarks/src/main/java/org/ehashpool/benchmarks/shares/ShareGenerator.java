package org.ehashpool.benchmarks.shares;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ehashpool.miner.MinerMain;

/**
 * The load, a process of its own: {@code ./ehash miner load}, with shares that are found before they are due.
 *
 * @param pool its address
 * @param options how many connections and channels
 */
record ShareGenerator(String pool, ShareLoadOptions options) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What it prints when all channels have work, just before the first share. */
    private static final String BEGINNING = "connections ";

    private static final int LAST_LINES = 10;

    /** What is called when the first share is about to be sent. */
    interface Beginning {
        void reached() throws IOException, InterruptedException;
    }

    /**
     * Submits shares.
     *
     * @param users a file with the users of the channels
     * @param rate shares a second
     * @param beginning called when the first share is about to be sent
     * @return the load's own report
     */
    JsonNode run(Path users, int rate, Duration time, Beginning beginning) throws IOException, InterruptedException {
        List<String> command = Programs.command(MinerMain.class);
        command.addAll(List.of("load", pool, "--extended", "--json"));
        command.addAll(List.of("--connections", String.valueOf(options.connections())));
        command.addAll(List.of("--channels", String.valueOf(options.channels())));
        command.addAll(List.of("--window", String.valueOf(options.window())));
        command.addAll(List.of("--users", users.toString()));
        command.addAll(List.of("--rate", String.valueOf(rate)));
        command.addAll(List.of("--for", time.toSeconds() + "s"));
        Process process = new ProcessBuilder(command).start();
        CompletableFuture<String> report = CompletableFuture.supplyAsync(() -> read(process));
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.startsWith(BEGINNING)) {
                    beginning.reached();
                }
            }
        }
        process.waitFor();
        String text = report.join();
        if (text.isBlank()) {
            throw new IOException("the load has no report: "
                    + String.join("; ", said.subList(Math.max(0, said.size() - LAST_LINES), said.size())));
        }
        return JSON.readTree(text);
    }

    private static String read(Process process) {
        try (BufferedReader lines = process.inputReader()) {
            return String.join("", lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
