package org.ehashpool.cli.interop;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cli.interop.peer.PeerOutput;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.jspecify.annotations.Nullable;

/** A foreign peer at work: its lines as they come, and nothing of it left after {@link #close}. */
final class PeerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_UNREAD = 1_000;

    private final Process process;
    private final BlockingQueue<Line> unread = new LinkedBlockingQueue<>(MOST_UNREAD);
    private final PeerOutput output;
    private final List<Thread> readers = new ArrayList<>();
    private volatile boolean closed;

    private PeerProcess(Process process, PeerOutput output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the executable; its standard input is empty.
     *
     * @param output receives what it prints, errors marked with an exclamation mark
     * @throws IOException if it cannot be started
     */
    static PeerProcess start(Path executable, List<String> arguments, PeerOutput output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        PeerProcess peer = new PeerProcess(process, output);
        output.add("$ " + String.join(" ", withoutSecret(command)));
        peer.read(process.inputReader(StandardCharsets.UTF_8), "", true);
        peer.read(process.errorReader(StandardCharsets.UTF_8), "! ", false);
        return peer;
    }

    /** Also a secret that lives for one scenario does not belong into a report. */
    private static List<String> withoutSecret(List<String> command) {
        List<String> shown = new ArrayList<>(command);
        int secret = shown.indexOf("--authority-secret") + 1;
        if (secret > 0 && secret < shown.size()) {
            shown.set(secret, "…");
        }
        return shown;
    }

    private void read(BufferedReader reader, String prefix, boolean events) {
        readers.add(Thread.ofVirtual().start(() -> {
            try (reader) {
                try {
                    for (String line = line(reader); line != null; line = line(reader)) {
                        output.add(prefix + line);
                        if (events) {
                            tell(new Line.Text(line));
                        }
                    }
                } catch (IOException | UncheckedIOException e) {
                    output.add("(its output broke off: " + e.getMessage() + ")");
                }
                if (events) {
                    tell(new Line.End());
                }
            } catch (IOException e) {
                output.add("(its output does not close: " + e.getMessage() + ")");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Waits for the scenario to listen, and so the peer for its pipe to be emptied; not when it is over. */
    private void tell(Line line) throws InterruptedException {
        boolean told = false;
        while (!told && !closed) {
            told = unread.offer(line, 100, TimeUnit.MILLISECONDS);
        }
    }

    private static @Nullable String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next != '\n'; next = reader.read()) {
            if (next < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /**
     * The next event.
     *
     * @return empty where the peer has said all it will
     * @throws ScenarioFailure if it says something that is no event, or nothing in that time
     */
    Optional<JsonNode> next(Duration limit) throws ScenarioFailure, InterruptedException {
        return switch (unread.poll(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            case null -> throw new ScenarioFailure("the peer said nothing for " + limit.toSeconds() + " s");
            case Line.End() -> Optional.empty();
            case Line.Text(String text) -> Optional.of(parse(text));
        };
    }

    private static JsonNode parse(String text) throws ScenarioFailure {
        try {
            JsonNode event = JSON.readTree(text);
            if (event.path("event").isTextual()) {
                return event;
            }
            throw new ScenarioFailure("no event: " + text);
        } catch (JacksonException e) {
            throw new ScenarioFailure("no JSON: " + text);
        }
    }

    /**
     * Waits until the peer has ended by itself.
     *
     * @return its exit status
     * @throws ScenarioFailure if it has not in that time
     */
    int exitStatus(Duration limit) throws ScenarioFailure, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ScenarioFailure("the peer did not end within " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Ends the peer and the children it still has, by force if need be. */
    @Override
    public void close() {
        closed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            for (Thread reader : readers) {
                reader.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private sealed interface Line {
        record Text(String text) implements Line {}

        record End() implements Line {}
    }
}
