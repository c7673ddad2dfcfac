package org.ehashpool.templateprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataError;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.templateprovider.block.BlockRecord.Outcome;
import org.ehashpool.templateprovider.template.TemplateFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol from a client's side: who is sent what, in which order, and what becomes of what it sends. */
class TemplateServerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final List<BlockTemplate.Transaction> transactions = TemplateFixtures.transactions(random, 20, 200);
    private final BlockTemplate first = TemplateFixtures.template(102, 1, transactions);
    private final ScriptedNode node = new ScriptedNode(first);
    private final List<ProviderRig> rigs = new ArrayList<>();

    @AfterEach
    void close() {
        rigs.forEach(ProviderRig::close);
        node.close();
    }

    @Test
    void shouldSendAFutureTemplateThenThePreviousHashThenTheEmptyOneAheadWhenAClientBegins() {
        TemplateClient client = start().connect();

        client.constrain(100, 1);

        NewTemplate full = client.next(NewTemplate.class);
        assertThat(full.futureTemplate()).isTrue();
        assertThat(full.coinbaseTxValueRemaining()).isEqualTo(first.coinbaseValue());
        assertThat(full.merklePath()).isNotEmpty();
        SetNewPrevHash tip = client.next(SetNewPrevHash.class);
        assertThat(tip.templateId()).isEqualTo(full.templateId());
        assertThat(tip.prevHash()).isEqualTo(first.previousHash());
        assertThat(tip.nBits()).isEqualTo(first.bits());
        assertThat(tip.headerTimestamp()).isEqualTo(first.currentTime());
        NewTemplate ahead = client.next(NewTemplate.class);
        assertThat(ahead.futureTemplate()).isTrue();
        assertThat(ahead.merklePath()).isEmpty();
        assertThat(ahead.coinbaseTxLocktime()).isEqualTo(102);
    }

    @Test
    void shouldNameTheEmptyTemplateFirstWhenTheTipChanges() {
        Begun begun = begin(start());

        node.propose(TemplateFixtures.template(103, 2, transactions));

        SetNewPrevHash tip = begun.client().next(SetNewPrevHash.class);
        assertThat(tip.templateId()).isEqualTo(begun.ahead().templateId());
        assertThat(tip.prevHash()).isEqualTo(TemplateFixtures.hash(2));
        NewTemplate full = begun.client().next(NewTemplate.class);
        assertThat(full.futureTemplate()).isFalse();
        assertThat(full.templateId()).isGreaterThan(begun.ahead().templateId());
        assertThat(full.merklePath()).isNotEmpty();
        NewTemplate next = begun.client().next(NewTemplate.class);
        assertThat(next.futureTemplate()).isTrue();
        assertThat(next.coinbaseTxLocktime()).isEqualTo(103);
    }

    @Test
    void shouldBeginAgainWhenTheTipIsReplacedByAnotherOfItsHeight() {
        Begun begun = begin(start());

        node.propose(TemplateFixtures.template(102, 9, List.of()));

        NewTemplate full = begun.client().next(NewTemplate.class);
        assertThat(full.futureTemplate()).isTrue();
        SetNewPrevHash tip = begun.client().next(SetNewPrevHash.class);
        assertThat(tip.templateId()).isEqualTo(full.templateId());
        assertThat(tip.prevHash()).isEqualTo(TemplateFixtures.hash(9));
    }

    @Test
    void shouldSendANewTemplateWhenFeesHaveGrown() {
        Begun begun = begin(start());
        List<BlockTemplate.Transaction> more = new ArrayList<>(transactions);
        more.add(TemplateFixtures.transaction(random, 1_000, 10, 0, List.of()));

        node.propose(TemplateFixtures.template(102, 1, more));

        NewTemplate better = begun.client().next(NewTemplate.class);
        assertThat(better.futureTemplate()).isFalse();
        assertThat(better.coinbaseTxValueRemaining()).isEqualTo(first.coinbaseValue() + 1_000);
    }

    @Test
    void shouldBeginAgainForTheClientThatChangesItsConstraints() {
        ProviderRig rig = start();
        Begun other = begin(rig);
        Begun begun = begin(rig);
        assertThat(begun.full().templateId()).isEqualTo(other.full().templateId());

        // Too much for any transaction.
        begun.client().constrain(999_600, 1);

        NewTemplate small = begun.client().next(NewTemplate.class);
        assertThat(small.futureTemplate()).isTrue();
        assertThat(small.merklePath()).isEmpty();
        assertThat(small.coinbaseTxValueRemaining()).isEqualTo(TemplateFixtures.SUBSIDY);
        assertThat(begun.client().next(SetNewPrevHash.class).templateId()).isEqualTo(small.templateId());
        assertThat(begun.client().next(NewTemplate.class)).isEqualTo(begun.ahead());
        assertThat(other.client().waiting()).isEmpty();
    }

    @Test
    void shouldAnswerWithAllTransactionsOfATemplate() {
        Begun begun = begin(start());

        begun.client().send(new RequestTransactionData(begun.full().templateId()));

        RequestTransactionDataSuccess answer = begun.client().next(RequestTransactionDataSuccess.class);
        assertThat(answer.templateId()).isEqualTo(begun.full().templateId());
        assertThat(answer.excessData()).isEqualTo(Bytes.of(new byte[32]));
        assertThat(answer.transactionList())
                .isEqualTo(transactions.stream()
                        .map(BlockTemplate.Transaction::data)
                        .toList());

        begun.client().send(new RequestTransactionData(begun.ahead().templateId()));
        assertThat(begun.client().next(RequestTransactionDataSuccess.class).transactionList())
                .isEmpty();
    }

    @Test
    void shouldRefuseTransactionsOfATemplateItDoesNotKnow() {
        Begun begun = begin(start());

        begun.client().send(new RequestTransactionData(42));

        assertThat(begun.client()
                        .next(RequestTransactionDataError.class)
                        .errorCode()
                        .toString())
                .isEqualTo("template-id-not-found");
    }

    @Test
    void shouldBringASolutionToTheNodeAsAWholeBlock() throws IOException {
        ProviderRig rig = start();
        Begun begun = begin(rig);

        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), true));

        await().until(() -> !node.submitted().isEmpty());
        Block block = Block.parse(node.submitted().getFirst());
        assertThat(block.check(new DoubleSha256())).isEmpty();
        assertThat(block.header().previousHash()).isEqualTo(first.previousHash());
        assertThat(block.transactions()).hasSize(1 + transactions.size());
        await().until(() -> rig.blocks.records().getFirst().outcome() == Outcome.ACCEPTED);
        await().until(() -> files().isEmpty());
    }

    @Test
    void shouldGiveACoinbaseItsWitnessBackWhenTheClientStrippedIt() {
        Begun begun = begin(start());

        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), false));

        await().until(() -> !node.submitted().isEmpty());
        assertThat(Block.parse(node.submitted().getFirst()).check(new DoubleSha256()))
                .isEmpty();
    }

    @Test
    void shouldSubmitALateSolutionOfTheTipBefore() {
        Begun begun = begin(start());
        node.propose(TemplateFixtures.template(103, 2, List.of()));
        begun.client().next(SetNewPrevHash.class);

        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), true));

        await().until(() -> !node.submitted().isEmpty());
    }

    @Test
    void shouldSubmitASolutionOfTheEmptyTemplateThatWasNamed() {
        Begun begun = begin(start());
        node.propose(TemplateFixtures.template(103, 2, List.of()));
        SetNewPrevHash tip = begun.client().next(SetNewPrevHash.class);

        begun.client().send(TemplateClient.solve(begun.ahead(), tip, true));

        await().until(() -> !node.submitted().isEmpty());
        assertThat(Block.parse(node.submitted().getFirst()).header().previousHash())
                .isEqualTo(TemplateFixtures.hash(2));
    }

    @Test
    void shouldSubmitABlockOnlyOnce() {
        ProviderRig rig = start();
        Begun begun = begin(rig);
        SubmitSolution solution = TemplateClient.solve(begun.full(), begun.tip(), true);

        begun.client().send(solution);
        begun.client().send(solution);
        begun.client().send(new RequestTransactionData(42));

        begun.client().next(RequestTransactionDataError.class);
        await().until(() -> !node.submitted().isEmpty());
        assertThat(rig.blocks.records()).hasSize(1);
        assertThat(node.submitted()).hasSize(1);
    }

    @Test
    void shouldKeepABlockThatTheNodeRefuses() {
        node.verdict("\"bad-cb-amount\"");
        ProviderRig rig = start();
        Begun begun = begin(rig);

        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), true));

        await().until(() -> !rig.blocks.records().isEmpty()
                && rig.blocks.records().getFirst().outcome() == Outcome.REJECTED);
        assertThat(rig.blocks.records().getFirst().words()).isEqualTo("bad-cb-amount");
        String name = rig.blocks.records().getFirst().hash().toHex() + ".hex";
        await().until(() -> files().equals(List.of("rejected/" + name)));
    }

    @Test
    void shouldBringABlockToTheNodeWhenItIsBack() {
        ProviderRig rig = start();
        Begun begun = begin(rig);
        node.vanish();

        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), true));
        await().until(() -> !rig.blocks.records().isEmpty()
                && rig.blocks.records().getFirst().attempts() > 1);
        await().until(() -> files().size() == 1);
        node.comeBack();

        await().until(() -> rig.blocks.records().getFirst().outcome() == Outcome.ACCEPTED);
        assertThat(Block.parse(node.submitted().getFirst()).check(new DoubleSha256()))
                .isEmpty();
        await().until(() -> files().isEmpty());
    }

    @Test
    void shouldBringBlocksOfAnEarlierRunToTheNode() throws IOException {
        Begun begun = begin(start());
        begun.client().send(TemplateClient.solve(begun.full(), begun.tip(), true));
        await().until(() -> node.submitted().size() == 1);
        await().until(() -> files().isEmpty());
        Bytes block = node.submitted().getFirst();
        String hash = Block.parse(block).header().hash(new DoubleSha256()).toHex();
        Files.createDirectories(directory.resolve("blocks"));
        Files.writeString(directory.resolve("blocks").resolve(hash + ".hex"), block.toHex() + "\n");

        start();

        await().until(() -> node.submitted().size() == 2);
        assertThat(node.submitted().getLast()).isEqualTo(block);
        await().until(() -> files().isEmpty());
    }

    @Test
    void shouldSendClientsAwayWhenTemplatesAreTooOldAndServeAgainWhenTheNodeIsBack() {
        ProviderRig rig = start(Duration.ofSeconds(1), LONG);
        Begun begun = begin(rig);

        node.refuse("{\"code\":-28,\"message\":\"Verifying blocks…\"}");

        begun.client().closed();
        assertThat(rig.watch.health().detail()).startsWith("warming_up: the node is still starting");
        assertThat(rig.watch.templateHealth().up()).isFalse();
        node.refuse(null);
        assertThat(begin(rig).tip().prevHash()).isEqualTo(first.previousHash());
    }

    @Test
    void shouldLetAClientWaitForTheFirstTemplate() {
        node.refuse("{\"code\":-28,\"message\":\"Loading…\"}");
        TemplateClient client = start().connect();
        client.constrain(100, 1);

        node.refuse(null);

        client.next(NewTemplate.class);
    }

    @Test
    void shouldSendAClientAwayWhenThereIsNoTemplateInTime() {
        node.chain("main");
        ProviderRig rig = start(LONG, Duration.ofMillis(100));
        TemplateClient client = rig.connect();

        client.constrain(100, 1);

        client.closed();
        assertThat(rig.watch.condition().words()).contains("on chain \"main\"", "says \"regtest\"");
    }

    @Test
    void shouldSendAClientAwayThatWantsMoreRoomThanABlockHas() {
        ProviderRig rig = start();
        Begun other = begin(rig);
        TemplateClient client = rig.connect();

        client.constrain(0xffff_ffffL, 0);

        client.closed();
        assertThat(other.client().isOpen()).isTrue();
    }

    @Test
    void shouldSendAwayTheClientWithOneSizeTooMany() {
        ProviderRig rig = start();
        List<TemplateClient> clients = new ArrayList<>();
        for (int size = 100; size < 104; size++) {
            TemplateClient client = rig.connect();
            client.constrain(size, 0);
            client.next(NewTemplate.class);
            clients.add(client);
        }
        TemplateClient tooMany = rig.connect();

        tooMany.constrain(104, 0);

        tooMany.closed();
        assertThat(clients).allMatch(TemplateClient::isOpen);
        clients.getFirst().close();
        clients.getFirst().closed();
        await().until(() -> {
            TemplateClient another = rig.connect();
            another.constrain(105, 0);
            return another.isServed();
        });
    }

    @Test
    void shouldKeepOnlyItsBoundOfTemplatesWhenConstraintsAreChangedWithoutEnd() {
        ProviderRig rig = start();
        TemplateClient client = begin(rig).client();

        for (int round = 0; round < 90; round++) {
            client.constrain(200 + round, 0);
        }

        for (int round = 0; round < 90; round++) {
            System.out.println("ROUND " + round + " " + rig.shelf.all().size()
                    + client.waiting().size());
            client.next(NewTemplate.class);
            client.next(SetNewPrevHash.class);
            client.next(NewTemplate.class);
        }
        assertThat(rig.shelf.all()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void shouldCutOffAFloodAndServeOthers() {
        ProviderRig rig = start();
        Begun other = begin(rig);
        Begun flood = begin(rig);

        for (int i = 0; i < 5_000; i++) {
            flood.client().send(new RequestTransactionData(flood.full().templateId()));
        }

        flood.client().closed();
        other.client().send(new RequestTransactionData(42));
        other.client().next(RequestTransactionDataError.class);
    }

    @Test
    void shouldIgnoreSolutionsThatAreNone() {
        Begun begun = begin(start());
        SubmitSolution good = TemplateClient.solve(begun.full(), begun.tip(), true);

        begun.client().send(new SubmitSolution(42, good.version(), good.headerTimestamp(), 0, good.coinbaseTx()));
        begun.client()
                .send(new SubmitSolution(
                        begun.ahead().templateId(), good.version(), good.headerTimestamp(), 0, good.coinbaseTx()));
        begun.client()
                .send(new SubmitSolution(
                        good.templateId(), good.version(), good.headerTimestamp(), 0, Bytes.fromHex("00")));
        begun.client()
                .send(new SubmitSolution(
                        good.templateId(),
                        good.version(),
                        good.headerTimestamp(),
                        good.headerNonce(),
                        transactions.getFirst().data()));
        begun.client().send(new RequestTransactionData(42));

        begun.client().next(RequestTransactionDataError.class);
        assertThat(node.submitted()).isEmpty();
    }

    private record Begun(TemplateClient client, NewTemplate full, SetNewPrevHash tip, NewTemplate ahead) {}

    private Begun begin(ProviderRig rig) {
        TemplateClient client = rig.connect();
        client.constrain(100, 1);
        return new Begun(
                client,
                client.next(NewTemplate.class),
                client.next(SetNewPrevHash.class),
                client.next(NewTemplate.class));
    }

    private ProviderRig start() {
        return start(LONG, LONG);
    }

    private ProviderRig start(Duration withdrawAfter, Duration patience) {
        ProviderRig rig = new ProviderRig(node.url(), directory, withdrawAfter, patience);
        rigs.add(rig);
        return rig;
    }

    private List<String> files() throws IOException {
        Path blocks = directory.resolve("blocks");
        if (!Files.isDirectory(blocks)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(blocks)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> blocks.relativize(file).toString())
                    .toList();
        }
    }
}
