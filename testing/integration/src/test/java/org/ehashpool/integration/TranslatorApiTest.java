package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.ehashpool.integration.LocalTranslator.Upstream;
import org.junit.jupiter.api.Test;

class TranslatorApiTest {
    private static final Map<String, String> NOBODY_THERE = Map.of(
            "TRANSLATOR__UPSTREAMS__0__URL",
            "stratum2+tcp://127.0.0.1:1/9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72");

    @Test
    void shouldDescribeEveryFieldOfTheUpstream() {
        try (LocalTranslator translator = LocalTranslator.start(NOBODY_THERE, new Upstream[0])) {
            JsonNode schema = translator.json("/api/v1/openapi.json").at("/components/schemas/Upstream/properties");
            JsonNode upstream = translator.upstream();

            assertThat(names(upstream)).containsExactlyInAnyOrderElementsOf(names(schema));
            assertThat(names(upstream.path("shares")))
                    .containsExactlyInAnyOrderElementsOf(names(schema.at("/shares/properties")));
        }
    }

    private static Iterable<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        return () -> names;
    }
}
