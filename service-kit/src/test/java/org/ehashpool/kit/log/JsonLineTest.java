package org.ehashpool.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    private final JsonLine format = new JsonLine();

    @Test
    void shouldWriteOneObjectWhenEventHasPairs() {
        assertThat(format.format(LogLines.event(
                        "share_rejected", "downstream_id", 7L, "late", true, "reason", "stale share", "none", null)))
                .isEqualTo("{\"at\":\"2026-11-22T15:55:01.123Z\",\"level\":\"info\",\"logger\":"
                        + "\"org.ehashpool.pool.PoolEvents\",\"thread\":\"loop-1\",\"event\":\"share_rejected\","
                        + "\"downstream_id\":7,\"late\":true,\"reason\":\"stale share\",\"none\":null}\n");
    }

    @Test
    void shouldReadBackValueWhenItHasControlCharacters() throws JsonProcessingException {
        String hostile = "x\"}\n{\"level\":\"info\r\t\u0000\u001b[31m\u009b\u202e\u2028\\";

        String line = format.format(LogLines.event("e", "user", hostile));

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(parse(line).get("user").asText()).isEqualTo(hostile);
    }

    @Test
    void shouldKeepOwnMembersWhenPairHasTheirName() throws JsonProcessingException {
        JsonNode line = parse(format.format(LogLines.event("e", "level", "forged", "event", "forged")));

        assertThat(line.get("level").asText()).isEqualTo("info");
        assertThat(line.get("level_").asText()).isEqualTo("forged");
        assertThat(line.get("event").asText()).isEqualTo("e");
    }

    @Test
    void shouldWriteStackOnOneLineWhenSomethingIsThrown() throws JsonProcessingException {
        String line = format.format(LogLines.thrown("failed", new IllegalStateException("outer\nline")));

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(parse(line).get("error").asText()).isEqualTo("java.lang.IllegalStateException: outer\nline");
        assertThat(parse(line).get("stack").asText())
                .startsWith("java.lang.IllegalStateException: outer\\nline\n    at ")
                .contains("JsonLineTest");
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return new ObjectMapper().readTree(line);
    }
}
