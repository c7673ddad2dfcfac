package org.ehashpool.cli.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A wallet's claims as a file: a line of JSON with its keys, then a line for each quote, of one mint after another, in the
 * order of share hashes. It has no secret in it.
 *
 * @param file where it is
 * @param at when it was made, milliseconds since 1970
 * @param keys the wallet's
 * @param restored by unit, what the wallet got back at the mint that is audited
 */
public record ClaimsFile(Path file, long at, Set<String> keys, Map<String, BigInteger> restored) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "ehash-wallet-claims/1";

    public ClaimsFile {
        keys = Set.copyOf(keys);
        restored = Map.copyOf(restored);
    }

    /** Where claims come from: a wallet's extracts. */
    public interface Pages {
        JsonNode keys();

        /**
         * The claims that follow.
         *
         * @param mint the mint's public key
         * @param after a share hash; none for the first page
         */
        JsonNode claims(String mint, Optional<String> after);
    }

    /** Writes all that a wallet shows. */
    public static void write(Pages pages, Writer writer) throws IOException {
        JsonNode keys = pages.keys();
        BufferedWriter out = new BufferedWriter(writer);
        line(out, ((ObjectNode) keys.deepCopy()).put("format", FORMAT));
        for (JsonNode mint : keys.path("mints")) {
            Optional<String> after = Optional.empty();
            do {
                JsonNode page = pages.claims(mint.asText(), after).path("claims");
                after = Optional.empty();
                for (JsonNode claim : page) {
                    line(out, ((ObjectNode) claim.deepCopy()).put("mint", mint.asText()));
                    after = Optional.of(ShareHash.read(claim).text());
                }
            } while (after.isPresent());
        }
        out.flush();
    }

    private static void line(BufferedWriter out, ObjectNode node) throws IOException {
        out.write(node.toString());
        out.write('\n');
    }

    /**
     * Opens a file.
     *
     * @param mint the public key of the mint that is audited
     * @throws IllegalArgumentException in words, if it is no such file
     */
    static ClaimsFile open(Path file, String mint) throws IOException {
        JsonNode head;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            head = parse(String.valueOf(reader.readLine()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no file of ./ehash wallet claims", e);
        }
        if (!head.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException(file + " is no file of ./ehash wallet claims");
        }
        Set<String> keys = new HashSet<>();
        head.path("keys").forEach(key -> keys.add(key.asText()));
        Map<String, BigInteger> restored = new HashMap<>();
        for (JsonNode one : head.path("restored")) {
            if (one.path("mint").asText().equals(mint)) {
                restored.merge(one.path("unit").asText(), Books.number(one, "amount"), BigInteger::add);
            }
        }
        return new ClaimsFile(file, head.path("at").asLong(), keys, restored);
    }

    /** What was claimed at a mint, as long as the stream of lines is open. */
    static Iterator<WalletClaim> claims(Stream<String> lines, String mint) {
        return lines.skip(1)
                .map(ClaimsFile::claim)
                .filter(claim -> claim.path("mint").asText().equals(mint))
                .map(WalletClaim::read)
                .iterator();
    }

    private static JsonNode claim(String line) {
        try {
            return parse(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a line of the wallet's claims is no JSON", e);
        }
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }
}
