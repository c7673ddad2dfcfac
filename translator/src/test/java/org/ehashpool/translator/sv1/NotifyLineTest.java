package org.ehashpool.translator.sv1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.Test;

class NotifyLineTest {
    @Test
    void shouldSwapTheBytesOfEachWordOfThePreviousHash() {
        assertThat(NotifyLine.swappedWords(U256.fromHex(Sample.PREVIOUS_HASH)))
                .isEqualTo("4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000");
    }

    @Test
    void shouldWriteAllOfAJob() {
        Work work = Sample.work(Target.DIFFICULTY_ONE);

        assertThat(new String(new NotifyLine(0xbf, work, 0x504e86b9L, false).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"bf\","
                        + "\"4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000\","
                        + "\"01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"
                        + "20020862062f503253482f04b8864e5008\","
                        + "\"072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef99033270"
                        + "48ed988ac00000000\","
                        + "[\"0201010101010101010101010101010101010101010101010101010101010101\","
                        + "\"ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\"],"
                        + "\"20000000\",\"1c2ac4af\",\"504e86b9\",false]}\n");
    }

    @Test
    void shouldShareALineAmongMinersOfTheSameWork() {
        JobLines lines = new JobLines();
        Work work = Sample.work(Target.DIFFICULTY_ONE);
        NotifyLine line = lines.of(work, work.time(), true);

        assertThat(lines.of(work, work.time(), true)).isSameAs(line);
        assertThat(lines.of(work, work.time(), false)).isNotSameAs(line);
        assertThat(lines.of(work, work.time() + 55, true).jobId()).isNotEqualTo(line.jobId());
        assertThat(lines.of(Sample.work(Target.DIFFICULTY_ONE), work.time(), true)
                        .jobId())
                .isNotEqualTo(line.jobId());
        assertThat(line.bytes()).isSameAs(line.bytes());
    }

    @Test
    void shouldNotNameTwoJobsAlikeWhenTheCountBeginsAgain() {
        JobLines lines = new JobLines(Integer.MAX_VALUE - 1);
        Work work = Sample.work(Target.DIFFICULTY_ONE);

        assertThat(lines.of(work, 1, false).jobId()).isEqualTo(Integer.MAX_VALUE);
        assertThat(lines.of(work, 2, false).jobId()).isEqualTo(1);
    }
}
