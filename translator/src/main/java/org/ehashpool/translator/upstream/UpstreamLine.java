package org.ehashpool.translator.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Tlv;

/** A connection with its session, from the trial to the end. */
final class UpstreamLine implements Outlet {
    private final Sv2Connection connection;
    private final UpstreamSession session;
    private final Supplier<Moment> clock;
    private final Consumer<Ehash.FromServer> ehash;
    private final Promise<Void> trial = Promise.promise();
    private final Promise<Void> retired = Promise.promise();
    private long retireAt;
    private boolean retiring;

    /**
     * Nothing is read or sent yet.
     *
     * @param session makes the session whose way out this is
     * @param ehash told what upstream says of ehash
     */
    UpstreamLine(
            Sv2Connection connection,
            Function<Outlet, UpstreamSession> session,
            Supplier<Moment> clock,
            Consumer<Ehash.FromServer> ehash) {
        this.connection = connection;
        this.session = session.apply(this);
        this.clock = clock;
        this.ehash = ehash;
    }

    UpstreamSession session() {
        return session;
    }

    /** HOST:PORT. */
    String name() {
        return session.terms().name();
    }

    /** Begins to read; the result is that of the trial. */
    Future<Void> begin() {
        connection
                .extensionsHandler(info -> session.extensions(info.extensions()))
                .drainHandler(drained -> session.pump(clock.get()))
                .messageHandler(this::received);
        decide();
        return trial.future();
    }

    private void received(Decoded decoded) {
        Message message = decoded.message();
        if (message instanceof Mining.FromServer mining) {
            session.receive(mining, clock.get());
            decide();
        } else if (message instanceof Ehash.FromServer notice) {
            ehash.accept(notice);
        } else if (message instanceof Common.ChannelEndpointChanged) {
            // "Any extension state MUST be reset and version/presence negotiation must begin again" (section 3.6.4).
            connection.renegotiateExtensions();
        }
    }

    /** Ends the trial if it can be; else looks whether the retirement is over. */
    void decide() {
        if (!trial.future().isComplete()) {
            switch (session.trial(clock.get())) {
                case UNDECIDED -> {
                    // More will come, or its time will be over.
                }
                case USEFUL -> trial.complete();
                case USELESS -> trial.fail(session.refusal());
            }
        }
    }

    /** Another connection serves: what was asked here may still be answered until then. */
    Future<Void> retire(long until) {
        retiring = true;
        retireAt = until;
        return retired.future();
    }

    /** The connection has ended: what was awaited of it will not come. */
    void abandon(String why) {
        trial.tryFail(why);
        retired.tryComplete();
    }

    boolean isOn(Sv2Connection other) {
        return connection == other;
    }

    boolean isRetiring() {
        return retiring;
    }

    /** Ends the retirement if nobody needs the connection any more, or its time is over. */
    void settle(boolean done) {
        if (retiring && (done || clock.get().nanos() - retireAt >= 0)) {
            retired.tryComplete();
        }
    }

    @Override
    public void send(Mining.FromClient message, List<Tlv> tlvs) {
        connection.send(message, tlvs);
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void leave(String why) {
        if (session.isAccepted()) {
            connection.close(CloseReason.CLOSED, why);
        } else {
            decide();
        }
    }
}
