package org.ehashpool.miner.load;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.ehashpool.miner.sv1.Sv1Effect;
import org.ehashpool.miner.sv1.Sv1Lines;
import org.ehashpool.miner.sv1.Sv1Message;
import org.ehashpool.miner.sv1.Sv1ProtocolException;
import org.ehashpool.miner.sv1.Sv1Session;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.U32;

/** One Stratum V1 connection. Lives on its event loop. */
final class Sv1LoadConnection implements LoadChannel.Outlet<Buffer>, Sv1Lines.Receiver {
    /** Shares have the time of their job, as it was sent. */
    private static final InstantSource JOBS_TIME = InstantSource.fixed(Instant.EPOCH);

    private static final String AGENT = "ehashpool-load";

    private final NetSocket socket;
    private final LoadLoop loop;
    private final LoadTally tally;
    private final JobWaves waves;
    private final Promise<Void> concluded;
    private final Sv1Session session;
    private final Sv1ShareLine shareLine;
    private final LoadChannel<Buffer> channel;
    private boolean open;
    private @U32 long versionMask;

    /** @param concluded completed when it is known whether the server takes us */
    Sv1LoadConnection(NetSocket socket, LoadLoop loop, LoadPool.Sv1 pool, JobWaves waves, Promise<Void> concluded) {
        this.socket = socket;
        this.loop = loop;
        this.tally = loop.tally();
        this.waves = waves;
        this.concluded = concluded;
        this.session = new Sv1Session(AGENT, pool.user(), pool.password());
        this.shareLine = new Sv1ShareLine(pool.user());
        this.channel =
                new LoadChannel<>(this, new ShareSupply<>(0, loop.validator(), this::encode, JOBS_TIME), loop.window());
    }

    void begin() {
        Sv1Lines.read(socket, this);
        socket.exceptionHandler(broken -> {
            var _ = socket.close();
        });
        socket.closeHandler(closed -> over());
        react(session.begin());
    }

    private void over() {
        channel.close();
        if (open) {
            tally.connectionsLost.increment();
            tally.closed.increment();
        } else if (concluded.tryComplete()) {
            tally.openFailures.add("closed by the pool");
        }
    }

    /** The server has had time enough for the login. */
    void late() {
        refuse("no answer to the login");
    }

    @Override
    public boolean isWritable() {
        return !socket.writeQueueFull();
    }

    @Override
    public void send(Buffer line) {
        var _ = socket.write(line);
    }

    private Buffer encode(Submission share, Job job) {
        return shareLine.encode(share, job, session.nameOf(job).orElseThrow(), versionMask);
    }

    @Override
    public void received(Sv1Message message) throws Sv1ProtocolException {
        switch (message) {
            // The answers are by far the most.
            case Sv1Message.Answer answer when answer.id() >= Sv1Session.FIRST_SHARE -> answered(answer);
            case Sv1Message.Notify job -> {
                waves.received(job, loop.nanoTime().getAsLong());
                react(session.receive(job));
            }
            case Sv1Message other -> react(session.receive(other));
        }
    }

    private void answered(Sv1Message.Answer answer) {
        if (answer.error().isEmpty() && answer.result().asBoolean(false)) {
            tally.accepted.increment();
        } else {
            tally.rejections.add(answer.error().orElse("no reason given"));
        }
        channel.unanswered().answered(answer.id() - Sv1Session.FIRST_SHARE, loop::answered);
    }

    @Override
    public void violated(String reason) {
        refuse("it sent " + reason);
    }

    private void refuse(String reason) {
        if (!open && concluded.tryComplete()) {
            tally.openFailures.add(reason);
        }
        var _ = socket.close();
    }

    private void react(List<Sv1Effect> effects) {
        for (Sv1Effect effect : effects) {
            switch (effect) {
                case Sv1Effect.Send(String line) -> say(line);
                case Sv1Effect.Opened opened -> {
                    open = true;
                    tally.opened.increment();
                    loop.add(channel);
                    concluded.tryComplete();
                }
                case Sv1Effect.Refused(String words) -> refuse(words);
                case Sv1Effect.WorkChanged(AssignedJob work, long mask) -> {
                    versionMask = mask;
                    if (channel.begin(work)) {
                        tally.working.increment();
                    }
                    loop.fill(channel);
                }
                case Sv1Effect.Redirect redirect -> refuse("client.reconnect");
                case Sv1Effect.TargetChanged changed -> ignored();
                case Sv1Effect.Accepted accepted -> ignored();
                case Sv1Effect.Rejected rejected -> ignored();
                case Sv1Effect.Show show -> ignored();
            }
        }
    }

    private void say(String line) {
        if (open && socket.writeQueueFull()) {
            refuse("it does not read");
        } else {
            send(Buffer.buffer(line.getBytes(StandardCharsets.UTF_8)).appendByte((byte) '\n'));
        }
    }

    /** Of no use to a load. */
    private static void ignored() {}
}
