package org.ehashpool.pool.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.pool.template.ProviderScript.EASY;
import static org.ehashpool.pool.template.ProviderScript.JOBS;
import static org.ehashpool.pool.template.ProviderScript.hash;
import static org.ehashpool.pool.template.ProviderScript.template;
import static org.ehashpool.pool.template.ProviderScript.tip;
import static org.ehashpool.pool.template.ScriptedProvider.await;

import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.server.ServerEffect.BlockFound;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.pool.template.ScriptedProvider;
import org.ehashpool.pool.template.Surroundings;
import org.ehashpool.pool.template.TemplateProviders;
import org.ehashpool.pool.template.TemplatesApi;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataError;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Template providers and found blocks as they run in the pool, against scripted providers on loopback. */
final class FoundBlocksLoopbackTest {
    /** A transaction without witnesses, that spends nothing that is. */
    private static final Bytes TRANSACTION = Bytes.fromHex("01000000" + "01" + "11".repeat(32) + "00000000" + "00"
            + "ffffffff" + "01" + "e803000000000000" + "0151" + "00000000");

    private final Surroundings surroundings = new Surroundings();
    private final ScriptedProvider first = new ScriptedProvider(surroundings.environment, "first");
    private final ScriptedProvider second = new ScriptedProvider(surroundings.environment, "second");
    private final TemplateProviders providers = surroundings.providers(JOBS, first, second);
    private final BlockingQueue<JobUpdate> updates = new LinkedBlockingQueue<>();
    private final DoubleSha256 hasher = new DoubleSha256();

    @TempDir
    private Path directory;

    private FoundBlocks blocks;

    @BeforeEach
    void start() {
        blocks = foundBlocks();
        await(blocks.start());
        assertThat(providers.subscribe(updates::add)).isEqualTo(JobSnapshot.EMPTY);
        await(providers.start());
    }

    private FoundBlocks foundBlocks() {
        return new FoundBlocks(
                new BlocksConfig(Optional.empty(), 2),
                directory.resolve("blocks"),
                providers,
                surroundings.vertx,
                Clock.systemUTC(),
                surroundings.metrics,
                StatsSink.NONE);
    }

    @AfterEach
    void stop() {
        await(providers.stop());
        await(blocks.stop());
        first.close();
        second.close();
        surroundings.close();
    }

    private JobUpdate nextUpdate() throws InterruptedException {
        JobUpdate update = updates.poll(20, TimeUnit.SECONDS);
        assertThat(update).isNotNull();
        return update;
    }

    private JobUpdate.NewTip nextTip() throws InterruptedException {
        while (true) {
            if (nextUpdate() instanceof JobUpdate.NewTip newTip) {
                return newTip;
            }
        }
    }

    /** Mines on a job; the target is met by every other header. */
    private BlockFound mine(Job.Extended job, ChainTip tip) {
        Bytes extranonce = Bytes.of(new byte[job.extranonceSize()]);
        Target target = tip.networkTarget();
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    job.version(),
                    tip.previousHash(),
                    job.merkleRoot(extranonce, hasher),
                    tip.minimumTime(),
                    tip.bits(),
                    nonce);
            U256 hash = header.hash(hasher);
            if (target.isMetBy(hash)) {
                Bytes coinbase = job.coinbase().transaction(extranonce);
                return new BlockFound(3, hash, job.origin(), header, coinbase, extranonce);
            }
        }
    }

    private BlockFound mine(JobUpdate.NewTip tip) {
        return mine(tip.job().form(0), tip.tip());
    }

    private BlockRecord only() {
        Awaitility.await().until(() -> !blocks.blocks().isEmpty());
        return blocks.blocks().getFirst();
    }

    @Test
    void shouldSubmitWithTheProvidersOwnNamesAndKeepTheWholeBlock() throws Exception {
        List<U256> path = MerklePath.ofTransactions(
                        List.of(RawTransaction.parse(TRANSACTION).id(hasher)), hasher)
                .steps();
        assertThat(first.accept()).isEqualTo(JOBS.payouts().constraints());
        second.accept();
        first.send(template(4_711, true, 101, 5_000_000_000L, path), tip(4_711, hash(1), EASY));
        JobUpdate.NewTip newTip = nextTip();
        assertThat(first.next(RequestTransactionData.class).templateId()).isEqualTo(4_711);
        first.send(new RequestTransactionDataSuccess(4_711, Bytes.EMPTY, List.of(TRANSACTION)));
        // The same template by the same node, under another name.
        second.send(template(42, true, 101, 5_000_000_000L, path), tip(42, hash(1), EASY));
        Awaitility.await()
                .until(() ->
                        providers.state().getJsonArray("providers").toString().contains("standby"));

        BlockFound found = mine(newTip);
        blocks.found(found, 9, Text.of("alice.rig"));

        SubmitSolution solution = first.next(SubmitSolution.class);
        assertThat(solution.templateId()).isEqualTo(4_711);
        assertThat(solution.coinbaseTx()).isEqualTo(found.coinbase());
        assertThat(second.next(SubmitSolution.class).templateId()).isEqualTo(42);
        Path file = directory.resolve("blocks").resolve(found.hash().toHex() + ".hex");
        Awaitility.await().until(() -> Files.exists(file));
        Block block = Block.parse(Bytes.fromHex(Files.readString(file).strip()));
        assertThat(block.check(hasher)).isEmpty();
        assertThat(block.header().hash(hasher)).isEqualTo(found.hash());
        assertThat(block.transactions()).hasSize(2);
        Awaitility.await().until(() -> only().whole());
        assertThat(only().providers()).containsExactly(first.address(), second.address());
        assertThat(only().user()).isEqualTo("alice.rig");
        assertThat(only().height()).isEqualTo(101);
        assertThat(only().value()).isEqualTo(5_000_000_000L);
    }

    @Test
    void shouldKeepNoWholeBlockWhenTheTransactionsGivenDoNotMakeIt() throws Exception {
        List<U256> path = MerklePath.ofTransactions(List.of(hash(77)), hasher).steps();
        first.accept();
        first.send(template(1, true, 101, 5_000_000_000L, path), tip(1, hash(1), EASY));
        JobUpdate.NewTip newTip = nextTip();
        first.next(RequestTransactionData.class);
        first.send(new RequestTransactionDataSuccess(1, Bytes.EMPTY, List.of(TRANSACTION)));
        BlockFound found = mine(newTip);

        blocks.found(found, 9, Text.of("alice"));
        first.next(SubmitSolution.class);
        only();
        await(providers.stop());
        await(blocks.stop());

        assertThat(only().whole()).isFalse();
        assertThat(directory.resolve("blocks").resolve(found.hash().toHex() + ".json"))
                .exists();
        assertThat(directory.resolve("blocks").resolve(found.hash().toHex() + ".hex"))
                .doesNotExist();
    }

    @Test
    void shouldAskForTransactionsWhenABlockIsFoundAndTheyAreNotKept() throws Exception {
        first.accept();
        first.send(template(1, true, 101), tip(1, hash(1), EASY));
        JobUpdate.NewTip newTip = nextTip();
        first.next(RequestTransactionData.class);
        first.send(new RequestTransactionDataError(1, Text.of("stale-template-id")));
        // Messages of one connection are handled in order: after this template the refusal is, too.
        first.send(template(2, true, 102));
        nextUpdate();

        blocks.found(mine(newTip), 9, Text.of("alice"));
        first.next(SubmitSolution.class);
        assertThat(first.next(RequestTransactionData.class).templateId()).isEqualTo(1);
        first.send(new RequestTransactionDataSuccess(1, Bytes.EMPTY, List.of()));

        Awaitility.await().until(() -> only().whole());
    }

    @Test
    void shouldFailOverWithoutStaleJobsAndComeBackWhenTheFirstReturns() throws Exception {
        first.accept();
        second.accept();
        first.send(template(1, true, 101), tip(1, hash(1), EASY));
        JobUpdate.NewTip onFirst = nextTip();
        assertThat(onFirst.previousHashChanged()).isTrue();
        second.send(template(1, true, 101, 4_999_999_999L, List.of()), tip(1, hash(1), EASY));
        Awaitility.await()
                .until(() ->
                        providers.state().getJsonArray("providers").toString().contains("standby"));

        first.vanish();
        JobUpdate.NewTip onSecond = nextTip();
        assertThat(onSecond.previousHashChanged()).isFalse();
        assertThat(onSecond.job().templateId()).isNotEqualTo(onFirst.job().templateId());
        assertThat(providers.health().up()).isTrue();

        first.comeBack();
        first.accept();
        first.send(template(1, true, 101), tip(1, hash(1), EASY));
        JobUpdate.NewTip again = nextTip();
        assertThat(again.previousHashChanged()).isFalse();
        Awaitility.await().until(() -> first.address().equals(providers.state().getString("active")));
    }

    @Test
    void shouldKeepABlockUntilAProviderThatKnowsItsTemplateIsBack() throws Exception {
        first.accept();
        second.accept();
        first.send(template(5, true, 101), tip(5, hash(1), EASY));
        JobUpdate.NewTip newTip = nextTip();
        first.vanish();
        Awaitility.await().until(() -> providers.state().getString("active") == null);
        assertThat(providers.health().up()).isFalse();
        assertThat(providers.health().detail()).contains(first.address()).contains(second.address());

        BlockFound found = mine(newTip);
        blocks.found(found, 9, Text.of("alice"));
        assertThat(only().state()).isEqualTo(BlockState.WAITING);

        first.comeBack();
        first.accept();
        first.send(template(77, true, 101), tip(77, hash(1), EASY));
        SubmitSolution solution = null;
        while (solution == null) {
            solution = first.next(TemplateDistribution.FromClient.class) instanceof SubmitSolution submitted
                    ? submitted
                    : null;
        }
        assertThat(solution.templateId()).isEqualTo(77);
        assertThat(solution.headerNonce()).isEqualTo(found.header().nonce());
        Awaitility.await().until(() -> only().state() == BlockState.SUBMITTED);
    }

    @Test
    void shouldFollowTheFateAndRememberItAcrossARestart() throws Exception {
        first.accept();
        first.send(template(5, true, 101), tip(5, hash(1), EASY));
        BlockFound found = mine(nextTip());
        blocks.found(found, 9, Text.of("alice"));
        assertThat(only().state()).isEqualTo(BlockState.SUBMITTED);

        first.send(template(6, true, 102), tip(6, found.hash(), EASY));
        Awaitility.await().until(() -> only().state() == BlockState.ACCEPTED);
        first.send(template(7, true, 103), tip(7, hash(2), EASY));
        first.send(template(8, true, 104), tip(8, hash(3), EASY));
        Awaitility.await().until(() -> only().state() == BlockState.CONFIRMED);
        await(providers.stop());
        await(blocks.stop());

        FoundBlocks later = foundBlocks();
        await(later.start());
        assertThat(later.blocks()).singleElement().isEqualTo(only());
    }

    @Test
    void shouldPutALyingProviderAsideAndStayOnTheOther() throws Exception {
        first.accept();
        second.accept();
        second.send(template(1, true, 101), tip(1, hash(1), EASY));
        nextTip();
        first.send(template(1, true, 101), tip(2, hash(1), EASY));

        Awaitility.await()
                .until(() ->
                        providers.state().getJsonArray("providers").toString().contains("aside"));
        Awaitility.await().until(() -> second.address().equals(providers.state().getString("active")));
        assertThat(providers.state().getJsonArray("providers").getJsonObject(0).getString("last_failure"))
                .contains("no future template");
        // It may connect again, and is heard.
        first.accept();
    }

    @Test
    void shouldConnectAnewWhenOutputsNeedMoreRoomAndOnlySayWhenTheyNeedLess() throws Exception {
        first.accept();
        first.send(template(1, true, 101), tip(1, hash(1), EASY));
        nextTip();
        first.next(RequestTransactionData.class);
        var part = JOBS.payouts().parts().getFirst();
        var two = new PayoutOutputs(List.of(part, part));

        providers.payouts(two);
        CoinbaseOutputConstraints larger = first.accept();
        assertThat(larger).isEqualTo(two.constraints());
        first.send(template(1, true, 101), tip(1, hash(1), EASY));
        JobUpdate.NewTip paysTwo = nextTip();
        assertThat(paysTwo.previousHashChanged()).isFalse();
        assertThat(paysTwo.job().fields().outputs()).hasSize(2);
        first.next(RequestTransactionData.class);

        providers.payouts(JOBS.payouts());
        JobUpdate.NewTip paysOne = nextTip();
        assertThat(paysOne.previousHashChanged()).isFalse();
        assertThat(paysOne.job().fields().outputs()).hasSize(1);
        assertThat(first.next(CoinbaseOutputConstraints.class))
                .isEqualTo(JOBS.payouts().constraints());
    }

    @Test
    void shouldAnswerTheApi() throws Exception {
        first.accept();
        first.send(template(5, true, 101), tip(5, hash(1), EASY));
        JobUpdate.NewTip newTip = nextTip();
        blocks.found(mine(newTip), 9, Text.of("alice"));
        only();
        Router router = Router.router(surroundings.vertx);
        new TemplatesApi(providers).mount(router);
        new BlocksApi(blocks).mount(router);
        HttpServer server = await(
                surroundings.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));

        JsonObject page = get(server, "/api/v1/blocks?limit=1&state=submitted");
        assertThat(page.getInteger("total")).isEqualTo(1);
        assertThat(page.getJsonArray("blocks").getJsonObject(0).getString("coinbase_value"))
                .isEqualTo("5000000000");
        assertThat(get(server, "/api/v1/blocks?offset=1").getJsonArray("blocks"))
                .isEmpty();
        JsonObject templates = get(server, "/api/v1/templates");
        assertThat(templates.getString("active")).isEqualTo(first.address());
        assertThat(templates.getJsonArray("providers").getJsonObject(0).getInteger("height"))
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "offset=-1", "offset=99999999999", "state=lost"})
    void shouldRefuseAQueryThatIsNone(String query) throws Exception {
        Router router = Router.router(surroundings.vertx);
        router.route()
                .failureHandler(request -> request.response()
                        .setStatusCode(request.failure() instanceof ApiFailure refused ? refused.status() : 500)
                        .end());
        new BlocksApi(blocks).mount(router);
        HttpServer server = await(
                surroundings.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));

        assertThat(ask(server, "/api/v1/blocks?" + query).statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> ask(HttpServer server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonObject get(HttpServer server, String path) throws Exception {
        HttpResponse<String> answer = ask(server, path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }
}
