package org.ehashpool.cli.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.config.SecretFile;

/**
 * How the demo tells other commands where one of its services is: a file below its directory, readable by its owner only,
 * there while it runs.
 *
 * @param name of the service
 * @param url of its HTTP port
 * @param token of that
 */
public record RunningService(String name, URI url, Secret token) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = "-access";

    /** The demo's directory below the suite's. */
    public static Path demo(Path home) {
        return home.resolve("demo");
    }

    /** Tells of it, in place of what was told before. */
    public void tell(Path directory) throws IOException {
        forget(directory, name);
        String text = JSON.createObjectNode()
                .put("url", url.toString())
                .put("token", token.reveal())
                .toString();
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name + SUFFIX),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** It does not run any more. */
    public static void forget(Path directory, String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name + SUFFIX));
    }

    /**
     * What was told; empty if nothing was.
     *
     * @throws IllegalArgumentException if others can read it
     */
    public static Optional<RunningService> find(Path directory, String name) throws IOException {
        Path file = directory.resolve(name + SUFFIX);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode said = JSON.readTree(SecretFile.read(file).reveal());
        return Optional.of(new RunningService(
                name,
                URI.create(said.path("url").asText()),
                Secret.of(said.path("token").asText())));
    }
}
