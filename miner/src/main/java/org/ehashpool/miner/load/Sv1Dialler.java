package org.ehashpool.miner.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.miner.upstream.MinerPlatform;

/** Connects over Stratum V1. */
final class Sv1Dialler implements Dialler {
    private static final int CONNECT_MILLIS = 10_000;
    private static final long LOGIN_MILLIS = 30_000;
    private static final int MAX_WAITING_BYTES = 16 << 10;

    private final VertxInternal vertx;
    private final LoadPool.Sv1 pool;
    private final Stage stage;
    private final List<NetClient> clients = new ArrayList<>();

    /** @param sourceAddresses as in {@link LoadPlan} */
    Sv1Dialler(MinerPlatform platform, LoadPool.Sv1 pool, int sourceAddresses, Stage stage) {
        this.vertx = (VertxInternal) platform.vertx();
        this.pool = pool;
        this.stage = stage;
        if (sourceAddresses == 0) {
            clients.add(vertx.createNetClient(options()));
        }
        for (int i = 1; i <= sourceAddresses; i++) {
            clients.add(vertx.createNetClient(options().setLocalAddress("127.0.0." + i)));
        }
    }

    private static NetClientOptions options() {
        return new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true);
    }

    @Override
    public Future<Void> dial(int number) {
        Promise<Void> concluded = Promise.promise();
        ContextInternal context = vertx.createEventLoopContext();
        LoadLoop loop = stage.loop(context.nettyEventLoop());
        NetClient client = clients.get(number % clients.size());
        context.runOnContext(begin -> client.connect(
                        pool.url().port(), pool.url().host())
                .onComplete(socket -> connected(socket, loop, concluded), refused -> {
                    stage.tally().connectFailures.add(String.valueOf(refused.getMessage()));
                    concluded.complete();
                }));
        return concluded.future();
    }

    private void connected(NetSocket socket, LoadLoop loop, Promise<Void> concluded) {
        stage.tally().connected.increment();
        socket.setWriteQueueMaxSize(MAX_WAITING_BYTES);
        Sv1LoadConnection connection = new Sv1LoadConnection(socket, loop, pool, stage.waves(), concluded);
        long deadline = vertx.setTimer(LOGIN_MILLIS, late -> connection.late());
        concluded.future().onComplete(done -> vertx.cancelTimer(deadline));
        connection.begin();
    }

    @Override
    public void close() {
        clients.forEach(client -> {
            var _ = client.close();
        });
    }
}
