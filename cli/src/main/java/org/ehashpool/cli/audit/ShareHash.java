package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import org.ehashpool.sv2.type.U256;

/**
 * A share's hash, in the order in which services keep it: by its bytes as they were computed.
 *
 * @param text reversed and in hex
 */
record ShareHash(String text) implements Comparable<ShareHash> {

    /**
     * Reads {@code share_hash}.
     *
     * @throws IllegalStateException if that is none
     */
    static ShareHash read(JsonNode node) {
        String text = node.path("share_hash").asText();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("what was answered is no extract: share_hash is '" + text + "'");
        }
        return new ShareHash(text);
    }

    @Override
    public int compareTo(ShareHash other) {
        return U256.fromHex(text)
                .toLittleEndian()
                .compareTo(U256.fromHex(other.text).toLittleEndian());
    }
}
