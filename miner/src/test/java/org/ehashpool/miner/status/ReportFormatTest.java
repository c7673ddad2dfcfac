package org.ehashpool.miner.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.ehashpool.mining.difficulty.Target;
import org.junit.jupiter.api.Test;

class ReportFormatTest {
    private final Tally tally = new Tally();

    private MinerReport report() {
        tally.opened();
        tally.state("connected to pool:1");
        tally.target(Target.ofDifficulty(0.25));
        tally.job();
        tally.submitted();
        tally.accepted(3, 2);
        tally.rejected("stale-share");
        tally.rejected("stale-share");
        tally.rejected("duplicate-share");
        tally.block();
        return tally.report(3725.04, 1_000_000, 9_410_000.5);
    }

    @Test
    void shouldShowALineThatTellsEverything() {
        assertThat(ReportFormat.line(report()))
                .isEqualTo("1:02:05  9.41 MH/s  accepted 3  rejected 3 (duplicate-share 1, stale-share 2)  "
                        + "difficulty 0.2500  jobs 1  blocks 1  connected to pool:1");
    }

    @Test
    void shouldWriteOneJsonObject() throws Exception {
        String line = ReportFormat.json(report(), Instant.ofEpochMilli(1234));
        JsonNode json = new ObjectMapper().readTree(line);

        assertThat(line).doesNotContain("\n");
        assertThat(json.path("at").asLong()).isEqualTo(1234);
        assertThat(json.path("seconds").asDouble()).isEqualTo(3725.0);
        assertThat(json.path("hashrate").asDouble()).isEqualTo(9_410_000.5);
        assertThat(json.path("shares_submitted").asLong()).isEqualTo(1);
        assertThat(json.path("shares_accepted").asLong()).isEqualTo(3);
        assertThat(json.path("shares_rejected").asLong()).isEqualTo(3);
        assertThat(json.path("rejected").path("stale-share").asLong()).isEqualTo(2);
        assertThat(json.path("blocks_found").asLong()).isEqualTo(1);
        assertThat(json.path("difficulty").asDouble()).isEqualTo(0.25);
        assertThat(json.path("connected").asBoolean()).isTrue();
    }

    @Test
    void shouldKeepFewReasonsHoweverManyThePoolInvents() {
        Rejections rejections = new Rejections();
        for (int i = 0; i < 10_000; i++) {
            rejections.add("reason " + i);
        }
        rejections.add("x".repeat(1_000));

        assertThat(rejections.total()).isEqualTo(10_001);
        assertThat(rejections.counts()).hasSizeLessThan(40).containsKey("other");
        assertThat(rejections.counts().keySet()).allMatch(reason -> reason.length() <= 64);
    }

    @Test
    void shouldMeasureTheRateOverTheLastSeconds() {
        HashRate rate = new HashRate();
        rate.sample(0, 0);
        for (int second = 1; second <= 20; second++) {
            rate.sample(second * 1_000_000_000L, second * 100L);
        }

        assertThat(rate.sample(21_000_000_000L, 2_000 + 1_100)).isEqualTo(200.0);
    }
}
