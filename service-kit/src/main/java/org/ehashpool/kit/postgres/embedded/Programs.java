package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs with a deadline, a known environment and a bounded record of what they said. */
final class Programs {

    private static final int OUTPUT_LIMIT = 16 * 1024;

    private Programs() {}

    /**
     * Runs a command to its end.
     *
     * <p>The environment is not inherited: libpq and the server obey {@code PGDATA}, {@code PGOPTIONS}, {@code TZ} and
     * their like. Output goes to a file, because a daemon that the program leaves behind would keep a pipe open.
     *
     * @throws IOException when it cannot be started, or is not done by the deadline; it is ended then
     */
    static ProgramResult run(List<String> command, String standardInput, Duration limit)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("ehash-program-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Map<String, String> environment = builder.environment();
            String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
            environment.clear();
            environment.put("PATH", path);
            environment.put("LC_ALL", "C");
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(standardInput.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended without reading its input; its status and output say why.
                if (process.isAlive() && !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw e;
                }
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("not done after " + limit.toSeconds() + " s: " + command + "\n" + tail(output));
            }
            return new ProgramResult(process.exitValue(), tail(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static String tail(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - OUTPUT_LIMIT);
            byte[] bytes = new byte[(int) Math.min(OUTPUT_LIMIT, in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    static List<String> command(List<String> prefix, String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program);
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
