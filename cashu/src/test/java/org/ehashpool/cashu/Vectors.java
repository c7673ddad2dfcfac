package org.ehashpool.cashu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the published vectors. */
public final class Vectors {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Vectors() {}

    /**
     * A code block of a NUT's vectors.
     *
     * @param section the heading above it
     * @param about the text above it
     * @param data the block
     */
    public record Block(String section, String about, String data) {

        /** The block read as JSON. */
        public JsonNode json() {
            try {
                return MAPPER.readTree(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What stands behind {@code name:} or {@code name =}, in the order of the block; never none. */
        public List<String> values(String name) {
            return find(Pattern.quote(name) + "\\s*[:=]\\s*\"?([^\\s\"]+)\"?", data);
        }

        public String value(String name) {
            return values(name).getFirst();
        }

        /** What stands in backquotes behind {@code name: } in the text above. */
        public List<String> named(String name) {
            Matcher matcher =
                    Pattern.compile(Pattern.quote(name) + ": `([^`]+)`").matcher(about);
            return matcher.results().map(result -> result.group(1)).toList();
        }

        private static List<String> find(String pattern, String text) {
            Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(text);
            List<String> found = new ArrayList<>();
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException("nothing matches " + pattern);
            }
            return found;
        }
    }

    /** The code blocks of {@code vectors/nuts/<name>.json}, in order. */
    public static List<Block> nuts(String name) {
        try {
            List<Block> blocks = new ArrayList<>();
            for (JsonNode block : MAPPER.readTree(text("nuts/" + name + ".json"))) {
                blocks.add(new Block(
                        block.get("section").asText(),
                        block.get("about").asText(),
                        block.get("data").asText()));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of {@code vectors/<path>}. */
    public static String text(String path) {
        try (InputStream stream = Vectors.class.getResourceAsStream("/vectors/" + path)) {
            return new String(Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
