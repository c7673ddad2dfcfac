package org.ehashpool.translator.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.translator.Sv1Client;
import org.ehashpool.translator.TranslatorScenario;
import org.ehashpool.translator.sv1.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real miners say and are answered, to the byte, however it is cut into packets. */
class DialogueTest {
    /** A step of a dialogue: a line of the miner, and the lines that it is answered with. */
    private record Step(String said, List<String> answers) {}

    static List<String> dialogues() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(DialogueTest.class.getResource("/dialogues"))
                .toURI());
    }

    private static List<Step> read(String name) throws IOException, URISyntaxException {
        List<Step> steps = new ArrayList<>();
        for (String line : Files.readAllLines(directory().resolve(name))) {
            if (line.startsWith("> ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (line.startsWith("< ")) {
                steps.getLast().answers.add(line.substring(2));
            } else {
                assertThat(line).startsWith("# ");
            }
        }
        assertThat(steps).isNotEmpty();
        return steps;
    }

    private static TranslatorScenario translator() {
        return new TranslatorScenario(ScriptedSource.of(Sample.work(Target.ofDifficulty(100_000))), Map.of());
    }

    @Test
    void shouldKnowTheDialoguesOfTheCommonMakers() throws IOException, URISyntaxException {
        assertThat(dialogues())
                .contains(
                        "antminer-bmminer.txt",
                        "avalon.txt",
                        "bfgminer.txt",
                        "braiins-bosminer.txt",
                        "cgminer.txt",
                        "cpuminer-opt.txt",
                        "esp-miner.txt",
                        "minerd.txt",
                        "nerdminer.txt",
                        "nicehash.txt",
                        "whatsminer-btminer.txt");
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void shouldAnswerLineByLine(String name) throws IOException, URISyntaxException {
        try (TranslatorScenario translator = translator();
                Sv1Client client = translator.connect()) {
            for (Step step : read(name)) {
                client.say(step.said);
                for (String answer : step.answers) {
                    assertThat(client.line()).as(step.said).isEqualTo(answer);
                }
            }
            assertThatNothingIsLeft(client);
        }
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void shouldAnswerAlikeWhenEveryByteIsAPacket(String name) throws IOException, URISyntaxException {
        try (TranslatorScenario translator = translator();
                Sv1Client client = translator.connect()) {
            for (Step step : read(name)) {
                for (byte one : (step.said + "\r\n").getBytes(StandardCharsets.UTF_8)) {
                    client.send(new byte[] {one});
                }
                for (String answer : step.answers) {
                    assertThat(client.line()).as(step.said).isEqualTo(answer);
                }
            }
            assertThatNothingIsLeft(client);
        }
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void shouldAnswerAlikeWhenAllIsOnePacket(String name) throws IOException, URISyntaxException {
        try (TranslatorScenario translator = translator();
                Sv1Client client = translator.connect()) {
            List<Step> steps = read(name);
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            steps.forEach(step -> packet.writeBytes((step.said + "\n").getBytes(StandardCharsets.UTF_8)));
            client.send(packet.toByteArray());
            for (Step step : steps) {
                for (String answer : step.answers) {
                    assertThat(client.line()).as(step.said).isEqualTo(answer);
                }
            }
            assertThatNothingIsLeft(client);
        }
    }

    /** What is said last is answered next. */
    private static void assertThatNothingIsLeft(Sv1Client client) {
        client.say("{\"id\":\"last\",\"method\":\"mining.ping\",\"params\":[]}");
        assertThat(client.line()).isEqualTo("{\"id\":\"last\",\"result\":\"pong\",\"error\":null}");
    }
}
