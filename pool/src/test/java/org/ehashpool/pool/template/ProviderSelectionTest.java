package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.pool.template.ProviderScript.EASY;
import static org.ehashpool.pool.template.ProviderScript.HARD;
import static org.ehashpool.pool.template.ProviderScript.TIME;
import static org.ehashpool.pool.template.ProviderScript.hash;
import static org.ehashpool.pool.template.ProviderScript.template;
import static org.ehashpool.pool.template.ProviderScript.tip;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.ehashpool.pool.template.FeedStatus.State;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderSelectionTest {
    private static final Duration FAILBACK = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofMinutes(30);
    private static final Duration BEHIND = Duration.ofSeconds(30);

    private final ProviderSelection selection =
            new ProviderSelection(2, new ProviderSelection.Settings(FAILBACK, STALE, BEHIND), ProviderScript.JOBS);
    private long now = 1_000_000_000_000L;
    private long nextId = 100;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<SelectionEffect> connect(int provider) {
        return selection.connected(provider, now);
    }

    private List<SelectionEffect> hear(int provider, NewTemplate message) {
        return selection.onNewTemplate(provider, message, now);
    }

    private List<SelectionEffect> hear(int provider, SetNewPrevHash message) {
        return selection.onSetNewPrevHash(provider, message, now, TIME);
    }

    /** A future template and its tip, as on a new block. */
    private List<SelectionEffect> newBlock(int provider, U256 hash, int tipHeight, long bits) {
        long id = nextId++;
        hear(provider, template(id, true, tipHeight + 1));
        return hear(provider, tip(id, hash, bits));
    }

    private void bothWork(long bits) {
        connect(0);
        connect(1);
        newBlock(0, hash(1), 100, bits);
        newBlock(1, hash(1), 100, bits);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void shouldReplayFutureTemplateAndTipWhenFirstProviderWorks() {
        connect(0);
        assertThat(hear(0, template(7, true, 101))).singleElement().isInstanceOf(SelectionEffect.Known.class);

        List<SelectionEffect> effects = hear(0, tip(7, hash(1), EASY));

        assertThat(effects.stream().map(Object::getClass))
                .containsExactly(
                        SelectionEffect.Switched.class,
                        SelectionEffect.Follow.class,
                        SelectionEffect.FollowTip.class,
                        SelectionEffect.Activated.class);
        assertThat(((SelectionEffect.Follow) effects.get(1)).future()).isTrue();
        assertThat(((SelectionEffect.Follow) effects.get(1)).template().originalId())
                .isEqualTo(7);
    }

    @Test
    void shouldFollowTheTipBeforeAnythingElseWhenActiveProviderNamesIt() {
        bothWork(EASY);
        hear(0, template(50, true, 102));

        List<SelectionEffect> effects = hear(0, tip(50, hash(2), EASY));

        assertThat(effects.getFirst()).isInstanceOf(SelectionEffect.FollowTip.class);
    }

    @Test
    void shouldKeepNamesApartWhenProvidersUseTheSameTemplateIds() {
        connect(0);
        connect(1);
        SelectionEffect.Known first =
                (SelectionEffect.Known) hear(0, template(1, true, 101)).getFirst();
        SelectionEffect.Known second =
                (SelectionEffect.Known) hear(1, template(1, true, 101)).getFirst();
        connect(0);
        SelectionEffect.Known again =
                (SelectionEffect.Known) hear(0, template(1, true, 101)).getFirst();

        assertThat(List.of(
                        first.template().id(),
                        second.template().id(),
                        again.template().id()))
                .doesNotHaveDuplicates();
        assertThat(first.template().content()).isEqualTo(second.template().content());
    }

    @Test
    void shouldFailOverAtOnceWhenActiveProviderDisconnects() {
        bothWork(EASY);

        List<SelectionEffect> effects = selection.disconnected(0, "peer_closed", now);

        assertThat(effects.getFirst()).isEqualTo(new SelectionEffect.Switched(0, 1, "peer_closed"));
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldFailBackOnlyAfterTheDelayWhenPreferredProviderReturns() {
        bothWork(EASY);
        selection.disconnected(0, "gone", now);
        pass(Duration.ofSeconds(5));
        connect(0);
        newBlock(0, hash(1), 100, EASY);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));

        pass(FAILBACK.minusSeconds(1));
        assertThat(selection.tick(now)).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(selection.tick(now).getFirst()).isEqualTo(new SelectionEffect.Switched(1, 0, "is preferred"));
    }

    @Test
    void shouldFailBackAtOnceWhenPreferredProviderWasOnlySecondToConnect() {
        connect(1);
        newBlock(1, hash(1), 100, EASY);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
        connect(0);

        newBlock(0, hash(1), 100, EASY);

        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void shouldNotFailBackWhilePreferredProviderIsBehindOrOnAnotherTip() {
        bothWork(HARD);
        selection.disconnected(0, "gone", now);
        newBlock(1, hash(2), 101, HARD);
        connect(0);
        newBlock(0, hash(1), 100, HARD);
        pass(FAILBACK.multipliedBy(2));
        assertThat(selection.tick(now)).isEmpty();
        assertThat(selection.state(0, true, now)).isEqualTo(State.BEHIND);

        newBlock(0, hash(3), 101, HARD);
        pass(FAILBACK.multipliedBy(2));
        assertThat(selection.tick(now)).isEmpty();
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldStayWithTheTipWhenOnlyAProviderBehindIsLeft() {
        bothWork(HARD);
        newBlock(0, hash(2), 101, HARD);

        assertThat(selection.disconnected(0, "gone", now)).containsExactly(new SelectionEffect.Lost(0, "gone"));
        pass(Duration.ofMillis(300));
        assertThat(selection.tick(now)).isEmpty();
        assertThat(newBlock(1, hash(2), 101, HARD).getFirst()).isInstanceOf(SelectionEffect.Switched.class);
    }

    @Test
    void shouldTakeAProviderBehindWhenNoBetterOneCame() {
        bothWork(HARD);
        newBlock(0, hash(2), 101, HARD);
        selection.disconnected(0, "gone", now);
        pass(BEHIND);

        assertThat(selection.tick(now).getFirst()).isInstanceOf(SelectionEffect.Switched.class);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldFollowTheStandbyAtOnceWhenItProvesANewerTip() {
        bothWork(HARD);
        U256 proven = U256.of(5);

        List<SelectionEffect> effects = newBlock(1, proven, 101, HARD);

        assertThat(effects).contains(new SelectionEffect.Switched(0, 1, "has a newer tip"));
        newBlock(0, proven, 101, HARD);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
        pass(FAILBACK);
        selection.tick(now);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void shouldNotFollowTheStandbyWhenItsNewerTipShowsNoWork() {
        bothWork(HARD);

        newBlock(1, hash(2), 101, HARD);

        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
        pass(BEHIND);
        selection.tick(now);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldStayWhenStandbyIsSlowerInARace() {
        bothWork(HARD);
        newBlock(0, U256.of(9), 101, HARD);
        pass(Duration.ofMillis(2));
        assertThat(newBlock(1, U256.of(8), 101, HARD)).isEmpty();
        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void shouldLeaveAStaleProviderOnlyForAFreshOne() {
        bothWork(EASY);
        pass(STALE.plusSeconds(1));
        assertThat(selection.tick(now)).isEmpty();
        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));

        hear(1, template(900, false, 101));

        assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldPutAsideLongerEachTimeWhenAProviderLies() {
        bothWork(EASY);
        Duration before = Duration.ZERO;
        for (int i = 0; i < 4; i++) {
            connect(0);
            List<SelectionEffect> effects = hear(0, tip(999_999, hash(3), EASY));
            assertThat(effects.getFirst()).isInstanceOf(SelectionEffect.PutAside.class);
            Duration time = ((SelectionEffect.PutAside) effects.getFirst()).time();
            assertThat(time).isGreaterThan(before);
            before = time;
            assertThat(selection.active()).isEqualTo(OptionalInt.of(1));
            assertThat(selection.state(0, false, now)).isEqualTo(State.ASIDE);
        }
    }

    @Test
    void shouldNotUseAProviderThatIsAsideUntilItsTimeIsOver() {
        connect(0);
        hear(0, template(1, false, 101));
        connect(0);
        assertThat(newBlock(0, hash(1), 100, EASY)).isEmpty();

        pass(Duration.ofSeconds(10));

        assertThat(selection.tick(now).getFirst()).isInstanceOf(SelectionEffect.Switched.class);
    }

    @Test
    void shouldUseAProviderThatIsAsideWhenNobodyElseIsLeft() {
        for (int i = 0; i < 5; i++) {
            connect(0);
            hear(0, template(1, false, 101));
        }
        connect(0);
        newBlock(0, hash(1), 100, EASY);
        pass(Duration.ofSeconds(9));
        assertThat(selection.tick(now)).isEmpty();
        pass(Duration.ofSeconds(1));
        selection.tick(now);
        assertThat(selection.active()).isEqualTo(OptionalInt.of(0));
        assertThat(((SelectionEffect.PutAside) hear(0, template(5, false, 999)).getFirst()).time())
                .isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void shouldPutAsideWhenAProviderGoesBackAndForth() {
        connect(0);
        boolean aside = false;
        for (int i = 0; i < 12 && !aside; i++) {
            aside = newBlock(0, hash(i % 2), 100, EASY).stream().anyMatch(SelectionEffect.PutAside.class::isInstance);
            pass(Duration.ofSeconds(1));
        }
        assertThat(aside).isTrue();
    }

    @Test
    void shouldFollowAReorganisationWhenTheActiveProviderStepsBackOnce() {
        bothWork(EASY);
        newBlock(0, hash(2), 101, EASY);
        newBlock(0, hash(3), 102, EASY);

        assertThat(newBlock(0, hash(2), 101, EASY).getFirst()).isInstanceOf(SelectionEffect.FollowTip.class);
    }

    @Test
    void shouldPutAsideWhenAProviderFloodsTemplates() {
        connect(0);
        newBlock(0, hash(1), 100, EASY);
        boolean aside = false;
        for (int i = 0; i < 1_000 && !aside; i++) {
            aside = hear(0, template(1_000 + i, false, 101)).stream()
                    .anyMatch(SelectionEffect.PutAside.class::isInstance);
        }
        assertThat(aside).isTrue();
    }

    @Test
    void shouldSayWhenProvidersDisagreeOnTheTarget() {
        bothWork(EASY);
        connect(1);
        hear(1, template(500, true, 101));
        assertThat(hear(1, tip(500, hash(1), HARD))).contains(new SelectionEffect.Disagree(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "height", "prefix", "value", "outputs", "repeated", "wrong height", "before tip"})
    void shouldPutAsideWhenATemplateIsALie(String kind) {
        connect(0);
        if (!kind.equals("before tip")) {
            newBlock(0, hash(1), 100, EASY);
        }
        NewTemplate good = template(600, false, 101);
        NewTemplate lie =
                switch (kind) {
                    case "path" -> template(600, false, 101, 1, ProviderScript.path(25));
                    case "height" -> with(good, Bytes.fromHex("ff"), Bytes.EMPTY, 0);
                    case "prefix" ->
                        with(good, Bytes.concat(good.coinbasePrefix(), Bytes.of(new byte[8])), Bytes.EMPTY, 0);
                    case "value" -> template(600, false, 101, -1, List.of());
                    case "outputs" -> with(good, good.coinbasePrefix(), Bytes.fromHex("00ff"), 1);
                    case "repeated" -> template(nextId - 1, true, 101);
                    case "wrong height" -> template(600, false, 102);
                    default -> good;
                };

        assertThat(hear(0, lie).getFirst()).isInstanceOf(SelectionEffect.PutAside.class);
    }

    private static NewTemplate with(NewTemplate template, Bytes prefix, Bytes outputs, long count) {
        return new NewTemplate(
                template.templateId(),
                template.futureTemplate(),
                template.version(),
                template.coinbaseTxVersion(),
                prefix,
                template.coinbaseTxInputSequence(),
                template.coinbaseTxValueRemaining(),
                count,
                outputs,
                template.coinbaseTxLocktime(),
                template.merklePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bits", "target", "zero", "future", "height"})
    void shouldPutAsideWhenATipIsALie(String kind) {
        connect(0);
        newBlock(0, hash(1), 100, HARD);
        hear(0, template(700, true, kind.equals("height") ? 105 : 102));
        SetNewPrevHash good = tip(700, hash(2), HARD);
        SetNewPrevHash lie =
                switch (kind) {
                    case "bits" -> new SetNewPrevHash(700, good.prevHash(), TIME, 0x01800000L, U256.ZERO);
                    case "target" -> new SetNewPrevHash(700, good.prevHash(), TIME, HARD, U256.MAX_VALUE);
                    case "zero" -> new SetNewPrevHash(700, U256.ZERO, TIME, HARD, good.target());
                    case "future" -> new SetNewPrevHash(700, good.prevHash(), TIME + 7_201, HARD, good.target());
                    default -> tip(700, hash(1), HARD);
                };

        assertThat(hear(0, lie).getFirst()).isInstanceOf(SelectionEffect.PutAside.class);
    }
}
