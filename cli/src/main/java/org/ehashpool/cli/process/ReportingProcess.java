package org.ehashpool.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of the suite as a child process that reports on its standard output, one JSON object a line, and has no port
 * of its own. What it prints on standard error goes to a log.
 */
public final class ReportingProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long END_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reader;
    private volatile JsonNode latest = MissingNode.getInstance();

    private ReportingProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reader = Thread.ofVirtual().name(name + "-reports").start(this::read);
    }

    /**
     * Starts {@code command} with {@code environment} added to this process's own.
     *
     * @param log receives what it prints on standard error; the log of the run before is kept as {@code NAME.1}
     * @throws IOException when the process cannot be started
     */
    public static ReportingProcess start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        if (Files.exists(log)) {
            Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new ReportingProcess(name, builder.start(), log);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> latest = parse(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A missing node for what is no JSON: the program has something to say to a person. */
    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it printed on standard error. */
    public Path log() {
        return log;
    }

    /** The latest report; a missing node before the first. */
    public JsonNode latest() {
        return latest;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Tells it to end, unless it has ended already, and waits for its last report; it is killed after 20 seconds.
     *
     * @return {@code STOPPED} after exit status 0, {@code FAILED} after any other
     */
    public ServiceProcess.State stop() throws InterruptedException {
        // Process.destroy() would close the stream that is still read.
        process.toHandle().destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        reader.join();
        return process.exitValue() == 0 ? ServiceProcess.State.STOPPED : ServiceProcess.State.FAILED;
    }
}
