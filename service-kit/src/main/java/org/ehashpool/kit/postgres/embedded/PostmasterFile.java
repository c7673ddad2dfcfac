package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: line 1 the process id, line 4 the port.
 *
 * @param pid the process that wrote it, which may be gone
 * @param port the port it listens on
 * @see <a href="https://www.postgresql.org/docs/17/storage-file-layout.html">Database File Layout</a>
 */
record PostmasterFile(long pid, int port) {

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /** Empty when there is none, or when its writer did not finish it. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return lines.size() > PORT_LINE
                    ? Optional.of(new PostmasterFile(
                            Long.parseLong(lines.get(PID_LINE).strip()),
                            Integer.parseInt(lines.get(PORT_LINE).strip())))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether that process is a server on that data directory, and not one that merely got its id later. */
    static boolean isServing(long pid, Path data) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return false;
        }
        if (Files.isDirectory(Path.of("/proc/self"))) {
            return processesIn(data).contains(pid);
        }
        return process.get()
                .info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    /**
     * The processes that work in a data directory: a postmaster and all its children have it as their working
     * directory. Known on Linux only; elsewhere empty, and PostgreSQL's own check of the file decides.
     */
    static List<Long> processesIn(Path data) throws IOException {
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes.resolve("self")) || !Files.isDirectory(data)) {
            return List.of();
        }
        Path wanted = data.toRealPath();
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path entry : entries) {
                if (worksIn(entry, wanted)) {
                    found.add(Long.valueOf(entry.getFileName().toString()));
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean worksIn(Path process, Path directory) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(directory);
        } catch (IOException e) {
            // It ended meanwhile, or belongs to another account: not one of ours either way.
            return false;
        }
    }
}
