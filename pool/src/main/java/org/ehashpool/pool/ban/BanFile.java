package org.ehashpool.pool.ban;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** Bans on disk, as JSON. The file is replaced as a whole, so that it is never half written. */
final class BanFile {
    private static final long LARGEST = 16 << 20;

    private final Path file;

    BanFile(Path file) {
        this.file = file;
    }

    /**
     * What is kept; none if there is no file.
     *
     * @throws IOException if the file cannot be read or is not what {@link #write} writes
     */
    List<Ban> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is no list of bans: it is larger than " + LARGEST + " bytes");
        }
        List<Ban> bans = new ArrayList<>();
        try {
            for (Object entry : new JsonArray(Files.readString(file))) {
                bans.add(ban((JsonObject) entry));
            }
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new IOException(file + " is no list of bans: " + e.getMessage(), e);
        }
        return bans;
    }

    private static Ban ban(JsonObject json) {
        @Nullable String range = json.getString("address");
        @Nullable String user = json.getString("user");
        return new Ban(
                json.getLong("id"),
                Optional.ofNullable(range).map(AddressRange::parse),
                Optional.ofNullable(user).map(hex -> Text.of(Bytes.fromHex(hex))),
                Instant.ofEpochMilli(json.getLong("created_at")),
                Instant.ofEpochMilli(json.getLong("until")),
                json.getString("reason"));
    }

    /** Replaces what is kept; when it returns, a loss of power loses nothing. */
    void write(List<Ban> bans) throws IOException {
        JsonArray entries = new JsonArray();
        for (Ban ban : bans) {
            entries.add(new JsonObject()
                    .put("id", ban.id())
                    .put("address", ban.addresses().map(AddressRange::toString).orElse(null))
                    .put("user", ban.user().map(user -> user.bytes().toHex()).orElse(null))
                    .put("created_at", ban.createdAt().toEpochMilli())
                    .put("until", ban.until().toEpochMilli())
                    .put("reason", ban.reason()));
        }
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        Path written = directory.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(entries.encodePrettily().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
