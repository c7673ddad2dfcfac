package org.ehashpool.templateprovider.chain.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.templateprovider.chain.consensus.AnyoneCanSpend;
import org.ehashpool.templateprovider.chain.consensus.ChainState;
import org.ehashpool.templateprovider.chain.consensus.Coin;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.Outpoint;
import org.ehashpool.templateprovider.chain.consensus.TransactionWriter;

/**
 * Makes transactions out of the chain's own coins: splits and sweeps, some on top of others that still wait, at fee rates
 * from one to hundreds of satoshis per virtual byte, some with kilobytes of data, some with signature operations. The
 * number of its coins stays around {@link #WANTED_COINS}.
 */
public final class TransactionGenerator {
    private static final int WANTED_COINS = 1_000;
    private static final int REMEMBERED_OUTPUTS = 500;
    private static final int MAX_SPLIT = 8;
    private static final int MAX_SWEEP = 30;
    private static final long SMALLEST_OUTPUT = 10_000;
    private static final long WORTH_SPLITTING = 1_000_000;
    private static final int MAX_DATA = 2_000;
    private static final int MAX_LARGE_DATA = 20_000;
    private static final int MAX_CHECKS = 200;
    private static final double MAX_FEE_RATE = 500;
    private static final long REPLACEABLE = 0xffff_fffdL;
    private static final byte OP_RETURN = 0x6a;
    private static final byte OP_PUSHDATA2 = 0x4d;
    private static final byte OP_CHECKSIG = (byte) 0xac;

    private final ChainState chain;
    private final Mempool mempool;
    private final RandomGenerator random;
    private final DoubleSha256 hasher;
    private final Deque<Outpoint> confirmed = new ArrayDeque<>();
    private final Deque<Outpoint> recent = new ArrayDeque<>();

    private record Source(Outpoint outpoint, long value) {}

    /** For a chain and its mempool. */
    public TransactionGenerator(ChainState chain, Mempool mempool, RandomGenerator random, DoubleSha256 hasher) {
        this.chain = chain;
        this.mempool = mempool;
        this.random = random;
        this.hasher = hasher;
    }

    /** A transaction that the mempool can take; empty when there is no coin to spend. It is not added. */
    public Optional<IdentifiedTransaction> next() {
        boolean sweep = chain.coins().anyones().size() > WANTED_COINS;
        List<Source> sources = sources(sweep ? 2 + random.nextInt(MAX_SWEEP - 1) : 1);
        long value = sources.stream().mapToLong(Source::value).sum();
        if (value < 2 * SMALLEST_OUTPUT) {
            return Optional.empty();
        }
        List<TransactionOutput> outputs = new ArrayList<>();
        adornment().ifPresent(script -> outputs.add(new TransactionOutput(0, script)));
        int split = sweep || value < WORTH_SPLITTING ? 1 : 1 + random.nextInt(MAX_SPLIT);
        for (int i = 0; i < split; i++) {
            outputs.add(new TransactionOutput(value / split, AnyoneCanSpend.SCRIPT));
        }
        double rate = Math.min(1 + Math.exp(2 + random.nextGaussian()), MAX_FEE_RATE);
        int size = (RawTransaction.parse(write(sources, outputs)).weight() + 3) / 4;
        // A coin too small for a good fee pays what it can above the least.
        long fee = Math.min((long) Math.ceil(size * rate), value / split - SMALLEST_OUTPUT);
        outputs.set(outputs.size() - 1, new TransactionOutput(value / split - fee, AnyoneCanSpend.SCRIPT));
        IdentifiedTransaction transaction = IdentifiedTransaction.parse(write(sources, outputs), hasher);
        remember(transaction);
        return Optional.of(transaction);
    }

    private List<Source> sources(int wanted) {
        List<Source> sources = new ArrayList<>();
        if (wanted == 1 && random.nextInt(10) < 4) {
            take(recent, sources);
        }
        if (confirmed.isEmpty()) {
            confirmed.addAll(chain.coins().anyones());
        }
        while (sources.size() < wanted && !confirmed.isEmpty()) {
            take(confirmed, sources);
        }
        return sources;
    }

    /** Takes the first that can be spent, if any; those before it are forgotten. */
    private void take(Deque<Outpoint> candidates, List<Source> sources) {
        while (!candidates.isEmpty()) {
            Outpoint outpoint = candidates.poll();
            Coin coin = mempool.find(outpoint);
            if (coin != null && coin.isMature(chain.tip().height() + 1)) {
                sources.add(new Source(outpoint, coin.value()));
                return;
            }
        }
    }

    private Bytes write(List<Source> sources, List<TransactionOutput> outputs) {
        List<RawTransaction.Input> inputs = sources.stream()
                .map(source -> new RawTransaction.Input(
                        source.outpoint().transaction(), source.outpoint().index(), Bytes.EMPTY, REPLACEABLE))
                .toList();
        List<List<Bytes>> witnesses =
                sources.stream().map(source -> AnyoneCanSpend.WITNESS).toList();
        return TransactionWriter.write(
                2, inputs, outputs, witnesses, chain.tip().height());
    }

    private Optional<Bytes> adornment() {
        int draw = random.nextInt(100);
        if (draw < 20) {
            return Optional.of(data(1 + random.nextInt(MAX_DATA)));
        }
        if (draw < 23) {
            return Optional.of(data(1 + random.nextInt(MAX_LARGE_DATA)));
        }
        if (draw < 33) {
            // Never run, but counted: the cheapest way to signature operations that leave no coin behind.
            byte[] script = new byte[1 + random.nextInt(MAX_CHECKS) + 1];
            Arrays.fill(script, OP_CHECKSIG);
            script[0] = OP_RETURN;
            return Optional.of(Bytes.of(script));
        }
        return Optional.empty();
    }

    private Bytes data(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return Bytes.concat(Bytes.of(OP_RETURN, OP_PUSHDATA2, (byte) length, (byte) (length >>> 8)), Bytes.of(data));
    }

    private void remember(IdentifiedTransaction transaction) {
        int last = transaction.raw().outputs().size() - 1;
        recent.addLast(new Outpoint(transaction.id(), last));
        if (recent.size() > REMEMBERED_OUTPUTS) {
            recent.removeFirst();
        }
        if (random.nextInt(4) == 0) {
            // Now and then the newest is next, which makes chains.
            recent.addFirst(recent.removeLast());
        }
    }
}
