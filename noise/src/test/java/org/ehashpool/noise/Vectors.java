package org.ehashpool.noise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the published vectors: CSV with a heading, no quoting, commas in the last column only. */
public final class Vectors {
    private Vectors() {}

    /** The rows of {@code vectors/<path>}, each from heading to cell; never none. */
    public static List<Map<String, String>> csv(String path) {
        List<String> lines = text(path).lines().toList();
        String[] heading = lines.getFirst().split(",", -1);
        List<Map<String, String>> rows = lines.stream()
                .skip(1)
                .map(line -> line.split(",", heading.length))
                .map(cells -> row(heading, cells))
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalStateException("no vectors in " + path);
        }
        return rows;
    }

    private static Map<String, String> row(String[] heading, String[] cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < heading.length; i++) {
            row.put(heading[i], cells[i]);
        }
        return row;
    }

    private static String text(String path) {
        try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + path)) {
            return new String(Objects.requireNonNull(stream, path).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a cell in hexadecimal. */
    public static byte[] hex(Map<String, String> row, String column) {
        return hex(Objects.requireNonNull(row.get(column), column));
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
