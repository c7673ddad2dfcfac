package org.ehashpool.cli.interop.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program at work whose lines are looked through as they come: how many are of a kind, and what the last one said. Its
 * standard input is empty; errors are read like output. Nothing of it is left after {@link #close}.
 */
public final class WatchedProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 64 << 10;

    /** Terminal colours, which some programs write into pipes too. */
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

    private final String name;
    private final Process process;
    private final PeerOutput output;
    private final Map<String, Pattern> kinds;
    private final Map<String, Sightings> sightings = new TreeMap<>();
    private final Thread reader;

    private WatchedProcess(String name, Process process, PeerOutput output, Map<String, Pattern> kinds) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.kinds = kinds;
        this.reader = Thread.ofVirtual()
                .unstarted(() -> read(new BufferedReader(process.inputReader(StandardCharsets.UTF_8))));
    }

    /** What was seen of a kind of lines. */
    private record Sightings(long count, String last) {}

    /**
     * Starts a program.
     *
     * @param name how reports call it
     * @param command executable and arguments
     * @param environment added to this process's own
     * @param directory where it works
     * @param output receives what it prints
     * @param kinds the lines to look for, by a name for each; the last one's first group is kept, where it has one
     * @throws IOException if it cannot be started
     */
    public static WatchedProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            PeerOutput output,
            Map<String, Pattern> kinds)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        WatchedProcess watched = new WatchedProcess(name, process, output, Map.copyOf(kinds));
        watched.reader.start();
        return watched;
    }

    /** How reports call it. */
    public String name() {
        return name;
    }

    /** Whether lines of a kind are looked for. */
    public boolean looksFor(String kind) {
        return kinds.containsKey(kind);
    }

    /** How many lines of a kind came so far. */
    public long count(String kind) {
        synchronized (sightings) {
            Sightings seen = sightings.get(known(kind));
            return seen == null ? 0 : seen.count();
        }
    }

    /** The first group of the last line of a kind; of a kind without groups, the whole match. */
    public Optional<String> last(String kind) {
        synchronized (sightings) {
            return Optional.ofNullable(sightings.get(known(kind))).map(Sightings::last);
        }
    }

    private String known(String kind) {
        if (!kinds.containsKey(kind)) {
            throw new IllegalArgumentException("nobody looks for " + kind);
        }
        return kind;
    }

    /** Its exit status, once it has ended and all it printed is read. */
    public Optional<Integer> exitStatus() {
        return process.isAlive() || reader.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** The last lines it printed. */
    public List<String> lastLines() {
        return output.lines();
    }

    private void read(BufferedReader lines) {
        try (lines) {
            for (String line = line(lines); line != null; line = line(lines)) {
                look(COLOUR.matcher(line).replaceAll(""));
            }
        } catch (IOException | UncheckedIOException e) {
            output.add("(its output broke off: " + e.getMessage() + ")");
        }
    }

    private void look(String line) {
        output.add(line);
        kinds.forEach((kind, pattern) -> {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                String text = matcher.groupCount() > 0 ? String.valueOf(matcher.group(1)) : matcher.group();
                synchronized (sightings) {
                    sightings.merge(
                            kind, new Sightings(1, text), (before, now) -> new Sightings(before.count() + 1, text));
                }
            }
        });
    }

    /** A line without its end; of a longer one than anybody should print, as much as is kept at once. */
    private static @Nullable String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next != '\n' && next != '\r'; next = reader.read()) {
            if (next < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            line.append((char) next);
            if (line.length() == LONGEST_LINE) {
                return line.toString();
            }
        }
        return line.toString();
    }

    /** Asks it to end, waits, and ends it by force if need be, with the children it has. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.toHandle().destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
            children.forEach(ProcessHandle::destroyForcibly);
            reader.join(GRACE);
        } catch (InterruptedException e) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
