package org.ehashpool.translator.sv1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.ExtranonceSpace;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.Test;

class Sv1SessionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String SUBSCRIBE =
            "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cgminer/4.12.1\"]}";
    private static final String AUTHORIZE = "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"alice.1\",\"x\"]}";
    private static final String ROLLING = "{\"id\":3,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],"
            + "{\"version-rolling.mask\":\"%s\",\"version-rolling.min-bit-count\":%d}]}";

    private final Counted counted = new Counted();
    private final List<Sv1Effect> others = new ArrayList<>();
    private long now;
    private Sv1Session session = session(2, 2);

    private static final class Counted implements ShareObserver {
        int accepted;
        int unconfirmed;
        final List<Sv1Error> refused = new ArrayList<>();

        @Override
        public void accepted() {
            accepted++;
        }

        @Override
        public void refused(Sv1Error error) {
            refused.add(error);
        }

        @Override
        public void unconfirmed() {
            unconfirmed++;
        }
    }

    private Sv1Session session(int names, int jobs) {
        return new Sv1Session(
                new SessionSettings("ehashpool/1", names, 2, jobs, Duration.ofMinutes(5), Duration.ofSeconds(55)),
                new JobLines(),
                new MinerNames(key -> true),
                "0000002a",
                new ExtranonceSpace(Bytes.fromHex("08000002"), 4),
                counted,
                now);
    }

    private List<String> say(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            return lines(session.receive(RequestReader.read(bytes, 0, bytes.length), now));
        } catch (MalformedLineException e) {
            throw new AssertionError(e);
        }
    }

    /** The lines of effects; what else there is goes to the others. */
    private List<String> lines(List<Sv1Effect> effects) {
        List<String> lines = new ArrayList<>();
        for (Sv1Effect effect : effects) {
            if (effect instanceof Sv1Effect.Send(Line line)) {
                lines.add(new String(line.bytes(), StandardCharsets.UTF_8).strip());
            } else {
                others.add(effect);
            }
        }
        return lines;
    }

    private List<String> work(Work work, boolean onlyValid) {
        return lines(session.work(work, onlyValid, now));
    }

    private String submit(String job, String extranonce2, String rest) {
        List<String> lines = say("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"alice.1\",\"" + job + "\",\""
                + extranonce2 + "\"," + rest + "]}");
        return String.join(" ", lines);
    }

    private MinedShare submitted() {
        return ((Sv1Effect.Submit) others.getLast()).share();
    }

    private void mining() {
        say(SUBSCRIBE);
        say(AUTHORIZE);
        work(Sample.work(Target.DIFFICULTY_ONE), true);
        others.clear();
    }

    @Test
    void shouldSubscribeAuthorizeAndGiveTheDifficultyBeforeTheJob() {
        assertThat(say(SUBSCRIBE))
                .containsExactly("{\"id\":1,\"result\":[[[\"mining.set_difficulty\",\"0000002a\"],"
                        + "[\"mining.notify\",\"0000002a\"]],\"08000002\",4],\"error\":null}");
        assertThat(say(AUTHORIZE)).containsExactly("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(others).hasSize(1).first().isInstanceOf(Sv1Effect.Open.class);

        List<String> first = work(Sample.work(Target.DIFFICULTY_ONE), false);

        assertThat(first).hasSize(2);
        assertThat(first.getFirst())
                .isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.000015259023]}");
        assertThat(first.getLast()).contains("mining.notify").endsWith("\"504e86b9\",true]}");
        assertThat(work(Sample.work(Target.DIFFICULTY_ONE), false))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(",false]}"));
    }

    @Test
    void shouldHoldWorkBackUntilTheMinerIsSubscribedAndAuthorized() {
        say(AUTHORIZE);
        assertThat(work(Sample.work(Target.DIFFICULTY_ONE), true)).isEmpty();

        now += 7 * SECOND;
        List<String> lines = say(SUBSCRIBE);

        assertThat(lines).hasSize(3);
        // The time has gone on by seven seconds.
        assertThat(lines.getLast()).contains("\"504e86c0\",true]}");
    }

    @Test
    void shouldAnswerASubmitBeforeAnythingElse() {
        assertThat(submit("1", "00000000", "\"504e86b9\",\"00000000\"")).contains("[25,\"Not subscribed\",null]");
        say(SUBSCRIBE);
        assertThat(submit("1", "00000000", "\"504e86b9\",\"00000000\"")).contains("[24,\"Unauthorized worker\",null]");
        assertThat(counted.refused).containsExactly(Sv1Error.NOT_SUBSCRIBED, Sv1Error.UNAUTHORIZED);
    }

    @Test
    void shouldRefuseAMalformedKeyAndAllowAnotherName() {
        say(SUBSCRIBE);

        assertThat(say("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + "f".repeat(66) + ".1\",\"x\"]}"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"result\":false", "[24,", "public key"));
        assertThat(session.isMining()).isFalse();
        assertThat(say(AUTHORIZE)).containsExactly("{\"id\":2,\"result\":true,\"error\":null}");
    }

    @Test
    void shouldTakeSeveralNamesUpToTheLimitAndOpenOnce() {
        mining();

        assertThat(say("{\"id\":5,\"method\":\"mining.authorize\",\"params\":[\"bob\",\"\"]}"))
                .containsExactly("{\"id\":5,\"result\":true,\"error\":null}");
        assertThat(say(AUTHORIZE)).hasSize(1);
        assertThat(say("{\"id\":6,\"method\":\"mining.authorize\",\"params\":[\"carol\",\"\"]}")
                        .getFirst())
                .contains("\"result\":false", "Too many names");
        assertThat(others).isEmpty();

        say("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"bob\",\"1\",\"00000000\",\"504e86b9\",\"1\"]}");
        assertThat(submitted().who().username()).isEqualTo("bob");
    }

    @Test
    void shouldPassASoundShareOn() {
        mining();

        assertThat(submit("1", "0000000a", "\"504e86ba\",\"b2957c02\"")).isEmpty();
        MinedShare share = submitted();
        assertThat(share.extranonce2()).isEqualTo(Bytes.fromHex("0000000a"));
        assertThat(share.time()).isEqualTo(0x504e86baL);
        assertThat(share.nonce()).isEqualTo(0xb2957c02L);
        assertThat(share.version()).isEqualTo(0x20000000L);
        assertThat(lines(session.answered(new RequestId("9"), new ShareOutcome.Accepted(), now)))
                .containsExactly("{\"id\":9,\"result\":true,\"error\":null}");
        assertThat(counted.accepted).isEqualTo(1);
    }

    @Test
    void shouldTellEachOutcomeWithItsCode() {
        mining();
        RequestId id = new RequestId("9");

        assertThat(lines(session.answered(id, new ShareOutcome.Refused(ShareRefusal.STALE, "stale-share"), now)))
                .containsExactly("{\"id\":9,\"result\":false,\"error\":[21,\"Job not found\",null]}");
        assertThat(lines(
                        session.answered(id, new ShareOutcome.Refused(ShareRefusal.DUPLICATE, "duplicate-share"), now)))
                .containsExactly("{\"id\":9,\"result\":false,\"error\":[22,\"Duplicate share\",null]}");
        assertThat(lines(session.answered(
                        id, new ShareOutcome.Refused(ShareRefusal.LOW_DIFFICULTY, "difficulty-too-low"), now)))
                .containsExactly("{\"id\":9,\"result\":false,\"error\":[23,\"Low difficulty share\",null]}");
        assertThat(lines(session.answered(id, new ShareOutcome.Refused(ShareRefusal.OTHER, "say \"what\""), now)))
                .containsExactly("{\"id\":9,\"result\":false,\"error\":[20,\"say \\\"what\\\"\",null]}");
        assertThat(lines(session.answered(id, new ShareOutcome.Unconfirmed("no answer"), now)))
                .containsExactly("{\"id\":9,\"result\":false,\"error\":[20,\"Unconfirmed: no answer\",null]}");

        ShareFigures shares = session.status().shares();
        assertThat(shares.refusedInAll()).isEqualTo(4);
        assertThat(shares.stale()).isEqualTo(1);
        assertThat(shares.unconfirmed()).isEqualTo(1);
        assertThat(counted.unconfirmed).isEqualTo(1);
    }

    @Test
    void shouldKeepApartSoManyReasonsAndNoMore() {
        mining();
        for (int i = 0; i < 1_000; i++) {
            session.answered(RequestId.NULL, new ShareOutcome.Refused(ShareRefusal.OTHER, "reason " + i), now);
        }

        ShareFigures shares = session.status().shares();
        assertThat(shares.refused()).hasSize(ShareTally.MOST_REASONS + 1);
        assertThat(shares.refusedInAll()).isEqualTo(1_000);
    }

    @Test
    void shouldJudgeTheFormOfAShare() {
        mining();

        assertThat(submit("1", "00", "\"504e86b9\",\"0\"")).contains("[20,\"Invalid extranonce2: 4 bytes are due\"");
        assertThat(submit("1", "0000000000", "\"504e86b9\",\"0\"")).contains("[20,");
        assertThat(submit("1", "0000000x", "\"504e86b9\",\"0\"")).contains("[20,");
        assertThat(submit("1", "00000000", "\"1504e86b9\",\"0\"")).contains("Invalid ntime");
        assertThat(submit("1", "00000000", "\"\",\"0\"")).contains("Invalid ntime");
        assertThat(submit("1", "00000000", "\"504e86b9\",\"0x1\"")).contains("Invalid nonce");
        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\",\"00002000\"")).contains("Version bits");
        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\",\"00000000\"")).isEmpty();
        assertThat(submit("2", "00000000", "\"504e86b9\",\"0\"")).contains("[21,\"Job not found\"");
        assertThat(submit("-1", "00000000", "\"504e86b9\",\"0\"")).contains("[21,");
        assertThat(submit("ffffffff", "00000000", "\"504e86b9\",\"0\"")).contains("[21,");
        assertThat(submit("job", "00000000", "\"504e86b9\",\"0\"")).contains("[21,");
    }

    @Test
    void shouldBoundSharesThatWaitForTheirAnswer() {
        mining();
        submit("1", "00000000", "\"504e86b9\",\"0\"");
        submit("1", "00000000", "\"504e86b9\",\"1\"");

        assertThat(submit("1", "00000000", "\"504e86b9\",\"2\"")).contains("Too many shares without an answer");
        session.answered(RequestId.NULL, new ShareOutcome.Accepted(), now);
        assertThat(submit("1", "00000000", "\"504e86b9\",\"3\"")).isEmpty();
    }

    @Test
    void shouldTakeLateSharesOfAJobThatWasOnlyFollowed() {
        mining();
        Work first = submittedWork("1");
        work(Sample.work(Target.DIFFICULTY_ONE), false);

        assertThat(submittedWork("1")).isSameAs(first);
        assertThat(submittedWork("2")).isNotSameAs(first);
    }

    private Work submittedWork(String job) {
        assertThat(submit(job, "00000000", "\"504e86b9\",\"0\"")).isEmpty();
        session.answered(RequestId.NULL, new ShareOutcome.Accepted(), now);
        return submitted().work();
    }

    @Test
    void shouldRefuseSharesOfWorkThatIsWorthNothingAnyMore() {
        mining();
        work(Sample.work(Target.DIFFICULTY_ONE), true);

        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\"")).contains("[21,");
        assertThat(submit("2", "00000000", "\"504e86b9\",\"0\"")).isEmpty();
    }

    @Test
    void shouldForgetJobsByNumberAndByAge() {
        mining();
        work(Sample.work(Target.DIFFICULTY_ONE), false);
        work(Sample.work(Target.DIFFICULTY_ONE), false);
        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\"")).contains("[21,");
        assertThat(submit("2", "00000000", "\"504e86b9\",\"0\"")).isEmpty();

        now += Duration.ofMinutes(6).toNanos();
        work(Sample.work(Target.DIFFICULTY_ONE), false);
        assertThat(session.status().jobs()).isEqualTo(1);
    }

    @Test
    void shouldAnnounceTheDifficultyOnlyWhenItChanges() {
        mining();

        assertThat(work(Sample.work(Target.ofDifficulty(100_000)), false))
                .hasSize(2)
                .first()
                .asString()
                .contains("[100002]");
        assertThat(work(Sample.work(Target.ofDifficulty(100_000)), false)).hasSize(1);
    }

    @Test
    void shouldAgreeOnTheBitsThatBothSidesAllow() {
        assertThat(say(ROLLING.formatted("ffffffff", 2)))
                .containsExactly(
                        "{\"id\":3,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"1fffffe0\"},\"error\":null}",
                        "{\"id\":null,\"method\":\"mining.set_version_mask\",\"params\":[\"1fffffe0\"]}");
        assertThat(say(ROLLING.formatted("e000001f", 0)))
                .containsExactly("{\"id\":3,\"result\":{\"version-rolling\":false},\"error\":null}");
        assertThat(say(ROLLING.formatted("00006000", 3)))
                .containsExactly("{\"id\":3,\"result\":{\"version-rolling\":false},\"error\":null}");
        assertThat(say(ROLLING.formatted("mask", 0)))
                .containsExactly("{\"id\":3,\"result\":{\"version-rolling\":false},\"error\":null}");
    }

    @Test
    void shouldRollWithinTheMaskAndNoFurther() {
        say(ROLLING.formatted("ffffffff", 2));
        say(SUBSCRIBE);
        say(AUTHORIZE);
        // The work leaves fewer bits free than BIP 323: the miner is told before its job.
        List<String> lines = work(Sample.work(Target.DIFFICULTY_ONE), true);
        assertThat(lines).hasSize(3).element(1).asString().contains("mining.set_version_mask", "1fffe000");

        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\",\"00c02000\"")).isEmpty();
        assertThat(submitted().version()).isEqualTo(0x20c02000L);
        assertThat(submit("1", "00000000", "\"504e86b9\",\"0\",\"00000020\""))
                .contains("Version bits outside of the mask");
        assertThat(work(Sample.work(Target.DIFFICULTY_ONE, 0, 1), true))
                .element(0)
                .asString()
                .contains("\"00000000\"");
        assertThat(submit("2", "00000000", "\"504e86b9\",\"0\",\"00002000\""))
                .contains("Version bits outside of the mask");
    }

    @Test
    void shouldReplaceTheBitsOfTheJobsVersionWithinTheMask() {
        say(ROLLING.formatted("1fffe000", 2));
        say(SUBSCRIBE);
        say(AUTHORIZE);
        Work sample = Sample.work(Target.DIFFICULTY_ONE);
        work(
                new Work(
                        sample.previousHash(),
                        sample.coinbase1(),
                        sample.coinbase2(),
                        sample.merklePath(),
                        0x20006000L,
                        Sample.MASK,
                        sample.bits(),
                        sample.time(),
                        sample.target()),
                true);

        submit("1", "00000000", "\"504e86b9\",\"0\",\"00002000\"");
        assertThat(submitted().version()).isEqualTo(0x20002000L);
        submit("1", "00000000", "\"504e86b9\",\"0\"");
        assertThat(submitted().version()).isEqualTo(0x20006000L);
    }

    @Test
    void shouldAnswerTheOtherExtensionsOfConfigure() {
        assertThat(say(
                        "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"minimum-difficulty\",\"subscribe-extranonce\","
                                + "\"info\",\"time-travel\"],{\"minimum-difficulty.value\":512}]}"))
                .containsExactly("{\"id\":1,\"result\":{\"minimum-difficulty\":true,\"subscribe-extranonce\":true,"
                        + "\"info\":true,\"time-travel\":false},\"error\":null}");
        say(AUTHORIZE);
        assertThat(((Sv1Effect.Open) others.getLast()).expectations().minimumDifficulty())
                .hasValue(512);
    }

    @Test
    void shouldPassOnWhatTheMinerWishesForItsDifficulty() {
        assertThat(say("{\"id\":1,\"method\":\"mining.suggest_difficulty\",\"params\":[1000]}"))
                .containsExactly("{\"id\":1,\"result\":true,\"error\":null}");
        say(AUTHORIZE);
        assertThat(((Sv1Effect.Open) others.getLast()).expectations().minimumDifficulty())
                .hasValue(1000);
        say("{\"id\":1,\"method\":\"mining.suggest_target\",\"params\":[\""
                + "00000000ffff0000000000000000000000000000000000000000000000000000\"]}");
        assertThat(((Sv1Effect.Expect) others.getLast()).expectations().minimumDifficulty())
                .hasValue(1);
        say("{\"id\":1,\"method\":\"mining.suggest_difficulty\",\"params\":[0]}");
        assertThat(((Sv1Effect.Expect) others.getLast()).expectations().minimumDifficulty())
                .isEmpty();
        assertThat(say("{\"id\":1,\"method\":\"mining.suggest_target\",\"params\":[\"ff\"]}")
                        .getFirst())
                .contains("[20,");
    }

    @Test
    void shouldAnswerTheSmallRequests() {
        assertThat(say("{\"id\":1,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}"))
                .containsExactly("{\"id\":1,\"result\":true,\"error\":null}");
        assertThat(say("{\"id\":1,\"method\":\"mining.multi_version\",\"params\":[4]}"))
                .containsExactly("{\"id\":1,\"result\":true,\"error\":null}");
        assertThat(say("{\"id\":1,\"method\":\"client.get_version\",\"params\":[]}"))
                .containsExactly("{\"id\":1,\"result\":\"ehashpool/1\",\"error\":null}");
        assertThat(say("{\"id\":\"p\",\"method\":\"mining.ping\",\"params\":[]}"))
                .containsExactly("{\"id\":\"p\",\"result\":\"pong\",\"error\":null}");
        assertThat(say("{\"id\":1,\"method\":\"pong\",\"params\":[]}")).isEmpty();
        assertThat(say("{\"id\":1,\"method\":\"mining.get_transactions\",\"params\":[\"1\"]}"))
                .containsExactly("{\"id\":1,\"result\":null,\"error\":[-3,\"Method not found\",null]}");
    }

    @Test
    void shouldNotAnswerAWishThatWasSaidWithoutAnId() {
        assertThat(say("{\"id\":null,\"method\":\"mining.suggest_difficulty\",\"params\":[8]}"))
                .isEmpty();
        assertThat(say("{\"id\":null,\"method\":\"mining.capabilities\",\"params\":[{}]}"))
                .isEmpty();
        assertThat(say("{\"id\":null,\"method\":\"mining.subscribe\",\"params\":[]}"))
                .hasSize(1);
    }

    @Test
    void shouldAskAMinerWhatItIsThatDidNotSay() {
        say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");
        assertThat(say(AUTHORIZE)).contains("{\"id\":1,\"method\":\"client.get_version\",\"params\":[]}");

        say("{\"id\":1,\"result\":\"odd/1.0\",\"error\":null}");

        assertThat(session.status().agent()).isEqualTo("odd/1.0");
    }

    @Test
    void shouldKeepAMinerAliveWithItsPresentWork() {
        mining();
        now += 54 * SECOND;
        assertThat(session.tick(now)).isEmpty();
        now += SECOND;

        assertThat(lines(session.tick(now)))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("[\"2\",", "\"504e86f0\",false]}"));
        assertThat(session.tick(now)).isEmpty();
        assertThat(submittedWork("1")).isSameAs(submittedWork("2"));
    }

    @Test
    void shouldKeepAMinerAliveWithoutWorkAndNotPretendThereWereSome() {
        mining();
        session.workLost();
        now += 56 * SECOND;

        assertThat(lines(session.tick(now)))
                .containsExactly("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.000015259023]}");
        assertThat(say(SUBSCRIBE)).hasSize(1);
        assertThat(work(Sample.work(Target.DIFFICULTY_ONE), true)).hasSize(1);
    }

    @Test
    void shouldSayWhyAndEndWhenUpstreamRefusesTheMiner() {
        mining();

        assertThat(lines(session.refused("unknown-user")))
                .containsExactly("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"unknown-user\"]}");
        assertThat(others).containsExactly(new Sv1Effect.End("unknown-user"));
    }

    @Test
    void shouldSendMessagesAndRedirections() {
        assertThat(lines(session.show("down at \"six\"", now)))
                .containsExactly(
                        "{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"down at \\\"six\\\"\"]}");
        assertThat(lines(session.reconnect(Optional.of("other.example"), 3333, 5, now)))
                .containsExactly("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"other.example\",3333,5]}");
        assertThat(lines(session.reconnect(Optional.empty(), 0, 0, now)))
                .containsExactly("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}");
    }
}
