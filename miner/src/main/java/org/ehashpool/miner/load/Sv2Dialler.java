package org.ehashpool.miner.load;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.miner.upstream.MinerPlatform;

/** Connects over Stratum V2. */
final class Sv2Dialler implements Dialler {
    private static final float NOMINAL = 1e6f;

    private final LoadPool.Sv2 pool;
    private final SetupRequest setup;
    private final Stage stage;
    private final List<Sv2Client> clients = new ArrayList<>();
    private final Queue<Sv2Connection> connections = new ConcurrentLinkedQueue<>();

    /** @param sourceAddresses as in {@link LoadPlan} */
    Sv2Dialler(MinerPlatform platform, LoadPool.Sv2 pool, int sourceAddresses, Stage stage) {
        this.pool = pool;
        this.setup = pool.plan().setup(MinerPlatform.self());
        this.stage = stage;
        if (sourceAddresses == 0) {
            clients.add(new Sv2Client(platform.environment(), "load", Sv2ClientSettings.DEFAULT));
        }
        for (int i = 1; i <= sourceAddresses; i++) {
            clients.add(new Sv2Client(
                    platform.environment(), "load-" + i, Sv2ClientSettings.DEFAULT, Optional.of("127.0.0." + i)));
        }
    }

    @Override
    public Future<Void> dial(int number) {
        return clients.get(number % clients.size())
                .connect(pool.url(), setup)
                .onSuccess(outcome -> dialled(number, outcome))
                .onFailure(bug -> stage.tally().connectFailures.add(bug.toString()))
                .mapEmpty();
    }

    /** On the connection's event loop. */
    private void dialled(int number, ConnectOutcome outcome) {
        LoadTally tally = stage.tally();
        switch (outcome) {
            case ConnectOutcome.Connected(Sv2Connection connection, var timings) -> {
                tally.connected.increment();
                connections.add(connection);
                LoadLoop loop = stage.loop(((ContextInternal) connection.context()).nettyEventLoop());
                List<ChannelPlan> plans = IntStream.range(0, pool.channels())
                        .mapToObj(channel -> pool.channel(number, channel))
                        .toList();
                connection.context().runOnContext(begin -> {
                    var _ = new Sv2LoadConnection(connection, loop, plans, NOMINAL, stage.waves());
                });
            }
            case ConnectOutcome.SetupRefused(long flags, String errorCode) -> tally.connectFailures.add(errorCode);
            case ConnectOutcome.ExtensionsRefused refused -> tally.connectFailures.add("extensions refused");
            case ConnectOutcome.Failed(CloseReason reason, String detail) ->
                tally.connectFailures.add(reason.label() + ": " + detail);
        }
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
        clients.forEach(client -> {
            var _ = client.close();
        });
    }
}
