package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.ehashpool.sv2.codec.MessageCodec;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class ContenderTest {
    private static final List<Contender> ALL = Contender.all();

    @Test
    void shouldHaveEveryBenchmarkThatWasCompiled() {
        List<String> compiled = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .distinct()
                .toList();
        assertThat(ALL.stream()
                        .map(contender -> contender.method().getDeclaringClass().getName() + "."
                                + contender.method().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void shouldHaveLimitsThatExist() {
        assertThat(ALL)
                .filteredOn(contender -> contender.method().isAnnotationPresent(Limit.class))
                .isNotEmpty()
                .allSatisfy(contender -> assertThat(ALL.stream().map(Contender::name))
                        .contains(contender.method().getAnnotation(Limit.class).value()));
    }

    @Test
    void shouldEncodeAndDecodeEveryMessage() throws NoSuchFieldException {
        TreeSet<String> messages = new TreeSet<>();
        MessageCodec.messages().forEach(info -> messages.add(TypicalMessages.name(info.type())));
        assertThat(TypicalMessages.names()).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(CodecBenchmark.class
                        .getField("message")
                        .getAnnotation(Param.class)
                        .value())
                .containsExactlyInAnyOrderElementsOf(messages);
    }
}
