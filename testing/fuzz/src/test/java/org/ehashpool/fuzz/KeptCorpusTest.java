package org.ehashpool.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.MessageGenerator;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.message.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that once reached new code, or broke something, hold for ever. */
class KeptCorpusTest {
    private static final Path KEPT = Path.of("src/test/resources/corpus");

    static List<FuzzTarget> targets() {
        return EverythingProperty.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldHoldWhenInputIsKept(FuzzTarget target) throws IOException {
        List<Path> files = Corpus.files(Corpus.kept(KEPT, target));
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] input = Files.readAllBytes(file);
            assertThatCode(() -> target.check(input)).as(file.toString()).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldWhenInputIsASeed(FuzzTarget target) {
        assertThat(Seeds.of(target)).isNotEmpty().allSatisfy(target::check);
    }

    @Test
    void shouldBeKeptOnlyForTargetsThatExist() throws IOException {
        try (var directories = Files.list(KEPT)) {
            assertThat(directories
                            .filter(Files::isDirectory)
                            .map(Path::getFileName)
                            .map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(targets().stream()
                            .map(target -> target.title() + "Inputs")
                            .toList());
        }
    }

    @Test
    void shouldKeepAnEncodingOfEveryMessage() throws IOException {
        Set<Class<?>> kept = new HashSet<>();
        kept.addAll(messages(FuzzTarget.SETUP, null));
        kept.addAll(messages(FuzzTarget.MINING, Protocol.MINING));
        kept.addAll(messages(FuzzTarget.JOB_DECLARATION, Protocol.JOB_DECLARATION));
        kept.addAll(messages(FuzzTarget.TEMPLATE_DISTRIBUTION, Protocol.TEMPLATE_DISTRIBUTION));
        kept.addAll(messages(FuzzTarget.MINT_QUOTE, Protocol.MINT_QUOTE));
        assertThat(kept).containsExactlyInAnyOrderElementsOf(MessageGenerator.types());
    }

    private static Set<Class<?>> messages(FuzzTarget target, @Nullable Protocol protocol) throws IOException {
        Set<Class<?>> messages = new HashSet<>();
        MessageProperty property = new MessageProperty(protocol);
        for (Path file : Corpus.files(Corpus.kept(KEPT, target))) {
            decoded(property, new FuzzInput(Files.readAllBytes(file))).ifPresent(messages::add);
        }
        return messages;
    }

    private static Optional<Class<?>> decoded(MessageProperty property, FuzzInput in) {
        Reception reception = property.reception(in.u8());
        FrameHeader stated = FrameHeader.read(in.take(FrameHeader.LENGTH), 0);
        byte[] payload = in.rest();
        FrameHeader header =
                new FrameHeader(stated.extensionType(), stated.channelMessage(), stated.messageType(), payload.length);
        try {
            return MessageCodec.decode(reception, header, payload, 0) instanceof Decoded(var message, var _)
                    ? Optional.of(message.getClass())
                    : Optional.empty();
        } catch (ProtocolViolationException e) {
            return Optional.empty();
        }
    }

    @Test
    void shouldRepeatItselfWhenSeedsAreMadeAgain() {
        for (FuzzTarget target : FuzzTarget.values()) {
            assertThat(Seeds.of(target)).containsExactlyElementsOf(Seeds.of(target));
        }
    }
}
