package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ehashpool.fixtures.ScriptedTemplateProvider;
import org.ehashpool.fixtures.TemplateChain;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Template providers that lie or vanish. Each lie is told by a provider of its own, the one that the pool prefers at the
 * time; the last provider is honest. A miner goes on getting jobs and acknowledgements.
 */
@Timeout(60)
class HostileProvidersTest {
    private static final long MORE_THAN_ALL_BITCOIN = 21_000_000L * 100_000_000L + 1;

    @TempDir
    private Path home;

    private final List<ScriptedTemplateProvider> providers = new ArrayList<>();
    private final TemplateChain chain = TemplateChain.of(TemplateChain.HARD).withTransactions(3);
    private NewTemplate first;
    private SetNewPrevHash firstTip;

    @BeforeEach
    void begin() {
        first = chain.future();
        firstTip = chain.tip(first);
    }

    @AfterEach
    void stop() throws IOException {
        for (ScriptedTemplateProvider provider : providers) {
            provider.close();
        }
    }

    private ScriptedTemplateProvider provider() throws IOException {
        ScriptedTemplateProvider provider = ScriptedTemplateProvider.start();
        provider.greet(() -> List.of(first, firstTip));
        providers.add(provider);
        return provider;
    }

    private LocalPool pool() {
        LocalPool pool = LocalPool.start(
                home,
                Map.of(),
                providers.stream().map(ScriptedTemplateProvider::url).toArray(Sv2Url[]::new));
        await().until(() -> heights(pool).size() == providers.size());
        return pool;
    }

    /** Of the providers that have said something. */
    private static List<Integer> heights(LocalPool pool) {
        List<Integer> heights = new ArrayList<>();
        for (JsonNode provider : pool.json("/api/v1/templates").path("providers")) {
            if (provider.hasNonNull("height")) {
                heights.add(provider.path("height").intValue());
            }
        }
        return heights;
    }

    private U256 sendBlock(ScriptedTemplateProvider provider) {
        NewTemplate template = chain.future();
        SetNewPrevHash tip = chain.tip(template);
        provider.send(template, tip);
        return tip.prevHash();
    }

    /** Lets each liar tell its lie, the first one first. */
    private void assertUnharmedBy(List<List<Message>> lies) throws Exception {
        for (int i = 0; i <= lies.size(); i++) {
            provider();
        }
        ScriptedTemplateProvider honest = providers.getLast();
        try (LocalPool pool = pool();
                GoodMiner good = GoodMiner.on(pool.url())) {
            for (int i = 0; i < lies.size(); i++) {
                ScriptedTemplateProvider liar = providers.get(i);
                assertThat(active(pool)).as("lie %s", i).isEqualTo(address(liar));
                liar.send(lies.get(i).toArray(Message[]::new));
                // Hung up on at once.
                liar.awaitClient(1).awaitEnd();
                good.assertUnharmed();
                await().until(() -> !active(pool).equals(address(liar)));
            }
            assertThat(active(pool)).isEqualTo(address(honest));
            good.assertWorksOn(sendBlock(honest));
        }
    }

    private static String active(LocalPool pool) {
        return pool.json("/api/v1/templates").path("active").asText();
    }

    private static String address(ScriptedTemplateProvider provider) {
        return provider.url().host() + ":" + provider.url().port();
    }

    @Test
    void shouldGoOnWithTheNextProviderWhenBitsAreBad() throws Exception {
        assertUnharmedBy(List.of(
                announced(0, Target.EASIEST.value()),
                // Negative, then beyond 256 bits.
                announced(0x1d80_ffffL, Target.EASIEST.value()),
                announced(0xff12_3456L, Target.EASIEST.value()),
                announced(TemplateChain.HARD, Target.EASIEST.value())));
    }

    private List<Message> announced(long bits, U256 target) {
        NewTemplate template = chain.future();
        return List.of(
                template,
                new SetNewPrevHash(template.templateId(), U256.of(7), firstTip.headerTimestamp(), bits, target));
    }

    @Test
    void shouldGoOnWithTheNextProviderWhenPreviousHashNamesNoFutureTemplate() throws Exception {
        NewTemplate present = chain.active();
        assertUnharmedBy(List.of(
                List.of(naming(1_000_000)), List.of(naming(-1)), List.of(present, naming(present.templateId()))));
    }

    private SetNewPrevHash naming(long templateId) {
        return new SetNewPrevHash(
                templateId, U256.of(8), firstTip.headerTimestamp(), firstTip.nBits(), firstTip.target());
    }

    @Test
    void shouldGoOnWithTheNextProviderWhenCoinbaseIsAbsurd() throws Exception {
        assertUnharmedBy(List.of(
                List.of(template(fields -> fields.withValue(MORE_THAN_ALL_BITCOIN))),
                List.of(template(fields -> fields.withValue(-1))),
                List.of(template(fields -> fields.withPrefix(Bytes.of(new byte[255])))),
                List.of(template(fields -> fields.withPrefix(Bytes.EMPTY))),
                List.of(template(fields -> fields.withOutputs(3, Bytes.fromHex("ffffffff")))),
                List.of(template(fields -> fields.withOutputs(0xffff_ffffL, Bytes.of(new byte[60_000]))))));
    }

    @Test
    void shouldGoOnWithTheNextProviderWhenMerklePathIsHuge() throws Exception {
        assertUnharmedBy(List.of(
                List.of(template(fields -> fields.withPath(Collections.nCopies(25, U256.of(1))))),
                List.of(template(fields -> fields.withPath(Collections.nCopies(255, U256.of(1)))))));
    }

    @Test
    void shouldGoOnWithTheNextProviderWhenOneVanishes() throws Exception {
        ScriptedTemplateProvider preferred = provider();
        ScriptedTemplateProvider other = provider();
        try (LocalPool pool = pool();
                GoodMiner good = GoodMiner.on(pool.url())) {
            preferred.close();
            good.assertUnharmed();

            good.assertWorksOn(sendBlock(other));
            assertThat(active(pool)).isEqualTo(address(other));
        }
    }

    @Test
    void shouldKeepMinersAtWorkWhenTheOnlyProviderVanishesAndComesBack() throws Exception {
        ScriptedTemplateProvider only = provider();
        try (LocalPool pool = pool();
                GoodMiner good = GoodMiner.on(pool.url())) {
            only.greet(List::of);
            only.cut();
            await().until(() -> active(pool).equals("null"));
            good.assertUnharmed();
            try (GoodMiner newcomer = GoodMiner.on(pool.url())) {
                newcomer.assertUnharmed();
            }

            NewTemplate next = chain.future();
            SetNewPrevHash tip = chain.tip(next);
            only.greet(() -> List.of(next, tip));
            only.cut();

            good.assertWorksOn(tip.prevHash());
            assertThat(active(pool)).isEqualTo(address(only));
            only.awaitClient(2).received().await(CoinbaseOutputConstraints.class);
        }
    }

    private NewTemplate template(UnaryOperator<Fields> change) {
        return change.apply(new Fields(chain.future())).template();
    }

    /** A template with some fields exchanged. */
    private record Fields(NewTemplate template) {
        Fields withValue(long value) {
            return of(
                    template.coinbasePrefix(),
                    value,
                    template.coinbaseTxOutputsCount(),
                    template.coinbaseTxOutputs(),
                    template.merklePath());
        }

        Fields withPrefix(Bytes prefix) {
            return of(
                    prefix,
                    template.coinbaseTxValueRemaining(),
                    template.coinbaseTxOutputsCount(),
                    template.coinbaseTxOutputs(),
                    template.merklePath());
        }

        Fields withOutputs(long count, Bytes outputs) {
            return of(
                    template.coinbasePrefix(),
                    template.coinbaseTxValueRemaining(),
                    count,
                    outputs,
                    template.merklePath());
        }

        Fields withPath(List<U256> path) {
            return of(
                    template.coinbasePrefix(),
                    template.coinbaseTxValueRemaining(),
                    template.coinbaseTxOutputsCount(),
                    template.coinbaseTxOutputs(),
                    path);
        }

        private Fields of(Bytes prefix, long value, long outputCount, Bytes outputs, List<U256> path) {
            return new Fields(new NewTemplate(
                    template.templateId(),
                    template.futureTemplate(),
                    template.version(),
                    template.coinbaseTxVersion(),
                    prefix,
                    template.coinbaseTxInputSequence(),
                    value,
                    outputCount,
                    outputs,
                    template.coinbaseTxLocktime(),
                    path));
        }
    }
}
