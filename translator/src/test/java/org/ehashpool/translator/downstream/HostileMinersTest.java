package org.ehashpool.translator.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.translator.Sv1Client;
import org.ehashpool.translator.TranslatorScenario;
import org.ehashpool.translator.sv1.Sample;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad miners do costs them their connection, and the good one beside them nothing. */
class HostileMinersTest {
    private final ScriptedSource source = ScriptedSource.of(Sample.work(Target.DIFFICULTY_ONE));
    private final TranslatorScenario translator = new TranslatorScenario(
            source,
            Map.of(
                    "TRANSLATOR__SV1__LIMITS__UNAUTHORIZED", "2s",
                    "TRANSLATOR__SV1__LIMITS__BACKLOG", "16KiB",
                    "TRANSLATOR__SV1__LIMITS__LINE", "1KiB",
                    "TRANSLATOR__SV1__LIMITS__REQUEST_BURST", "50",
                    "TRANSLATOR__SV1__LIMITS__SHARE_BURST", "100",
                    "TRANSLATOR__SV1__MAX_CONNECTIONS", "40",
                    "TRANSLATOR__SV1__MAX_CONNECTIONS_PER_ADDRESS", "30"));
    private final Sv1Client good = translator.connect();
    private int nonce;

    @BeforeEach
    void mine() {
        good.mine("good.1");
    }

    @AfterEach
    void goodMinerMinesOn() {
        try {
            assertThat(good.submit("good.1", "1", ++nonce)).isEqualTo("{\"id\":9,\"result\":true,\"error\":null}");
            good.close();
        } finally {
            translator.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertThatEndsWith(String reason) {
        await().untilAsserted(() -> assertThat(translator.get("/metrics").body())
                .contains("ehash_translator_sv1_disconnects_total{reason=\"" + reason + "\"} 1.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "[]\n",
                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]\n",
                "{\"id\":1,\"id\":2,\"method\":\"mining.ping\"}\n",
                "{\"id\":1,\"method\":\"mining.ping\",\"params\":[[[[[[[[[1]]]]]]]]]}\n",
                "\u0000\u0000\u0000\u0000\n",
                "{\"id\":1,\"method\":\"\u0000\"}\n",
                "\r\n\r\n\u0000\r\nQUIT\n",
            })
    void shouldEndAConnectionWhoseLineIsNoJson(String line) {
        try (Sv1Client bad = translator.connect()) {
            bad.send(bytes(line));

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("malformed_line");
    }

    @Test
    void shouldEndAConnectionThatSendsInvalidUtf8() {
        try (Sv1Client bad = translator.connect()) {
            byte[] line = bytes("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"?\"]}\n");
            line[line.length - 5] = (byte) 0xff;
            bad.send(line);

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("malformed_line");
    }

    @Test
    void shouldAnswerWhatCameBeforeABadLine() {
        try (Sv1Client bad = translator.connect()) {
            bad.send(bytes("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"bad\"]}\nno json\n"));

            assertThat(bad.isHungUp()).isTrue();
        }
        await().until(() -> source.places.stream()
                .anyMatch(place -> place.left
                        && place.who.filter(who -> who.username().equals("bad")).isPresent()));
    }

    @Test
    void shouldEndAConnectionWhoseLineHasNoEnd() {
        try (Sv1Client bad = translator.connect()) {
            byte[] part = bytes(" ".repeat(100));
            for (int i = 0; i < 12 && bad.trySend(part); i++) {
                Thread.onSpinWait();
            }

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("line_too_long");
    }

    @Test
    void shouldEndAConnectionWhoseLineIsHuge() {
        try (Sv1Client bad = translator.connect()) {
            bad.trySend(bytes("{\"id\":1,\"method\":\"" + "x".repeat(1_000_000) + "\"}\n"));

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("line_too_long");
    }

    @Test
    void shouldEndAConnectionThatFloodsRequests() {
        try (Sv1Client bad = translator.connect()) {
            bad.trySend(bytes("{\"id\":1,\"method\":\"mining.ping\"}\n".repeat(500)));

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("flood");
    }

    @Test
    void shouldEndAConnectionThatFloodsShares() {
        try (Sv1Client bad = translator.connect()) {
            bad.mine("bad");
            bad.trySend(bytes("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"bad\",\"1\",\"0000000000000000\","
                    .concat("\"504e86ba\",\"1\"]}\n")
                    .repeat(1_000)));

            assertThat(bad.isHungUp()).isTrue();
        }
        assertThatEndsWith("flood");
        int shares = source.places.stream()
                .mapToInt(place -> place.shares.size())
                .max()
                .orElseThrow();
        assertThat(shares).isLessThanOrEqualTo(200);
    }

    @Test
    void shouldBoundSharesThatNobodyAnswers() {
        source.judge = share ->
                share.who().username().equals("bad") ? Optional.empty() : Optional.of(new ShareOutcome.Accepted());
        try (Sv1Client bad = translator.connect()) {
            bad.mine("bad");
            for (int i = 0; i < 50; i++) {
                bad.sendShare("bad", "1", i);
            }
            bad.sendShare("bad", "nosuchjob", 1);
            assertThat(bad.lineWith("\"id\":9")).contains("[21,");
        }
    }

    @Test
    void shouldEndWhoDoesNotAuthorizeInTime() {
        try (Sv1Client silent = translator.connect();
                Sv1Client halfWay = translator.connect();
                Sv1Client refused = translator.connect()) {
            halfWay.say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");
            refused.say("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + "0".repeat(66) + "\"]}");

            assertThat(silent.isHungUp()).isTrue();
            assertThat(halfWay.isHungUp()).isTrue();
            assertThat(refused.isHungUp()).isTrue();
        }
        // Who says nothing has no place.
        assertThat(source.places).hasSize(3);
        await().until(() -> source.places.stream().filter(place -> place.left).count() == 2);
    }

    @Test
    void shouldEndWhoDripsBytesWithoutEverEndingALine() {
        try (Sv1Client slow = translator.connect()) {
            for (byte one : bytes("{\"id\":1,\"meth")) {
                slow.send(new byte[] {one});
            }

            assertThat(slow.isHungUp()).isTrue();
        }
        assertThatEndsWith("unauthorized");
        assertThat(source.places).hasSize(1);
    }

    @Test
    void shouldEndAMinerThatDoesNotRead() {
        try (Sv1Client slow = translator.connect()) {
            slow.mine("slow");
            ScriptedSource.ScriptedPlace place = source.places.getLast();
            Work work = Sample.work(Target.DIFFICULTY_ONE);

            // The systems on both sides take tens of megabytes before the backlog is ours.
            await().until(() -> {
                translator.onLoop(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        place.miner().work(work, false);
                    }
                });
                return place.left;
            });
        }
        assertThatEndsWith("slow_reader");
    }

    @Test
    void shouldKeepAMinerThatReadsWhateverOneTurnHasForIt() {
        try (Sv1Client quick = translator.connect().mine("quick")) {
            ScriptedSource.ScriptedPlace place = source.places.getLast();
            // Far more than the backlog, at once.
            translator.onLoop(() -> {
                for (int i = 0; i < 100; i++) {
                    place.miner().work(Sample.work(Target.DIFFICULTY_ONE), false);
                }
            });
            for (int i = 0; i < 100; i++) {
                assertThat(quick.line()).contains("mining.notify");
            }
        }
    }

    @Test
    void shouldCloseATlsHelloAtOnceWhereThereIsNoTls() {
        try (Sv1Client tls = translator.connect()) {
            tls.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});

            assertThat(tls.isHungUp()).isTrue();
        }
        assertThatEndsWith("tls_unexpected");
        assertThat(source.places).hasSize(1);
    }

    @Test
    void shouldTurnAwayMoreConnectionsOfAnAddressThanItMayHave() {
        List<Sv1Client> many = new ArrayList<>();
        try {
            for (int i = 0; i < 29; i++) {
                many.add(translator.connect());
            }
            try (Sv1Client tooMany = translator.connect()) {
                assertThat(tooMany.isHungUp()).isTrue();
            }
            assertThatEndsWith("too_many_from_address");
        } finally {
            many.forEach(Sv1Client::close);
        }
    }

    @Test
    void shouldTellAMinerForWhomThereIsNoPlace() {
        source.most = 1;
        try (Sv1Client late = translator.connect()) {
            late.say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");

            assertThat(late.line())
                    .isEqualTo("{\"id\":1,\"result\":null,\"error\":[20,\"All places are taken\",null]}");
            assertThat(late.isHungUp()).isTrue();
        }
        assertThatEndsWith("no_place");
    }

    @Test
    void shouldEndOnlyTheConnectionThatABugConcerns() {
        source.broken = true;
        try (Sv1Client unlucky = translator.connect()) {
            unlucky.say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");

            assertThat(unlucky.isHungUp()).isTrue();
        }
        assertThatEndsWith("internal_error");
    }

    @Test
    void shouldLeaveNothingBehindOfManyBadConnections() {
        for (int i = 0; i < 300; i++) {
            try (Sv1Client bad = translator.connect()) {
                bad.trySend(bytes("{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"bad" + i + "\"]}\n{\"id\""));
            }
        }
        await().untilAsserted(() -> {
            assertThat(translator.json("/api/v1/global").getInteger("miners")).isEqualTo(1);
            assertThat(translator.get("/metrics").body()).contains("ehash_translator_sv1_connections 1.0");
        });
        assertThat(source.places.stream().filter(place -> !place.left)).hasSize(1);
    }
}
