package org.ehashpool.mining;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Published vectors: see the README files beside them. */
public final class Vectors {
    private final Properties properties = new Properties();

    private Vectors(String name) {
        try (InputStream in = open(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name), name);
    }

    public static Vectors of(String name) {
        return new Vectors(name);
    }

    public static Bytes hexFile(String name) {
        try (InputStream in = open(name)) {
            return Bytes.fromHex(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(String key) {
        return Objects.requireNonNull(properties.getProperty(key), key);
    }

    public Bytes bytes(String key) {
        return Bytes.fromHex(text(key));
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }

    public long hexNumber(String key) {
        return Long.parseLong(text(key), 16);
    }

    public U256 hash(String key) {
        return U256.fromHex(text(key));
    }

    public U256 rawHash(String key) {
        return U256.fromLittleEndian(bytes(key).toByteArray(), 0);
    }

    public List<U256> rawHashes(String key) {
        byte[] all = bytes(key).toByteArray();
        List<U256> hashes = new ArrayList<>();
        for (int i = 0; i < all.length; i += U256.LENGTH) {
            hashes.add(U256.fromLittleEndian(all, i));
        }
        return hashes;
    }
}
