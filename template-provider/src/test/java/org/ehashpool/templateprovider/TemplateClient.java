package org.ehashpool.templateprovider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.CompactBits;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** A pool's side of a connection, as far as tests need one. */
final class TemplateClient {
    private static final DoubleSha256 HASHER = new DoubleSha256();

    private final Sv2Connection connection;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    TemplateClient(Sv2Connection connection) {
        this.connection = connection;
        connection.messageHandler(decoded -> received.add(decoded.message()));
    }

    void constrain(long size, int sigops) {
        send(new CoinbaseOutputConstraints(size, sigops));
    }

    void send(Message message) {
        connection.send(message);
    }

    /** The next message, which is of this kind. */
    <M extends Message> M next(Class<M> kind) {
        try {
            Message message = received.poll(15, TimeUnit.SECONDS);
            assertThat(message).as("a %s", kind.getSimpleName()).isInstanceOf(kind);
            return kind.cast(message);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Message> waiting() {
        return List.copyOf(received);
    }

    CloseCause closed() {
        return ProviderRig.await(connection.closed());
    }

    /** Waits until it is served or sent away. */
    boolean isServed() {
        try {
            while (isOpen()) {
                if (received.poll(10, TimeUnit.MILLISECONDS) instanceof NewTemplate) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isOpen() {
        return !connection.closed().isComplete();
    }

    void close() {
        connection.close();
    }

    /** A solution that meets the target; whose coinbase has its witness or not. */
    static SubmitSolution solve(NewTemplate template, SetNewPrevHash tip, boolean witness) {
        List<TransactionOutput> outputs = List.of(
                new TransactionOutput(template.coinbaseTxValueRemaining(), Bytes.fromHex("51")),
                TransactionOutput.readAll(template.coinbaseTxOutputs(), template.coinbaseTxOutputsCount())
                        .getFirst());
        var whole = new CoinbaseFields(
                        template.coinbaseTxVersion(),
                        template.coinbasePrefix(),
                        template.coinbaseTxInputSequence(),
                        outputs,
                        template.coinbaseTxLocktime())
                .around(8);
        Bytes extranonce = Bytes.of(new byte[8]);
        Bytes coinbase = witness ? whole.transaction(extranonce) : whole.strippedTransaction(extranonce);
        U256 root = MerklePath.of(template.merklePath())
                .root(RawTransaction.parse(coinbase).id(HASHER), HASHER);
        U256 target = CompactBits.decode(tip.nBits()).orElseThrow();
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    template.version(), tip.prevHash(), root, tip.headerTimestamp(), tip.nBits(), nonce);
            if (header.hash(HASHER).compareTo(target) <= 0) {
                return new SubmitSolution(
                        template.templateId(), template.version(), tip.headerTimestamp(), nonce, coinbase);
            }
        }
    }
}
