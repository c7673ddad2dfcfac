package org.ehashpool.pool.template;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.server.ServerEffect.BlockFound;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U64;

/** What those who look after found blocks need of the template providers. */
public interface Solutions {
    /**
     * Sends SubmitSolution to every connected provider that knows the block's template: the one that issued it, and
     * each other one that sent a template of the same content on its present connection, whatever name it gave it. From
     * any thread; returns at once.
     *
     * @return the providers that it was sent to, as HOST:PORT; empty if none is connected, or the job was no template's
     */
    List<String> submit(BlockFound block);

    /** Where a template came from, as HOST:PORT; empty if it is forgotten. From any thread. */
    Optional<String> issuer(@U64 long templateId);

    /**
     * All transactions of a template but the coinbase; empty if nobody has them. Asks a provider if they are not kept.
     * From any thread; never fails, and takes a minute at most.
     */
    Future<Optional<List<Bytes>>> transactions(@U64 long templateId);

    /** Tells what happens to the chain, on an event loop, after jobs have followed. To be called before the start. */
    void observe(Observer observer);

    /** Sees the chain through the active template provider. */
    interface Observer {
        /**
         * The chain ends with this block.
         *
         * @param tip its hash, and what the next block must meet
         * @param height its height
         */
        void tip(ChainTip tip, int height);

        /** Some provider sent a template: a block that nobody could take may have a way now. */
        void templateArrived();
    }
}
