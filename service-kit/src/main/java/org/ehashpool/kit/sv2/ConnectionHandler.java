package org.ehashpool.kit.sv2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.SessionEstablished;
import org.ehashpool.sv2.codec.Received;

/** Between the link and the connection: where messages end up, and where whatever ends a connection is caught, once. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

    private final Sv2Connection connection;
    private final SetupFlow flow;
    private final Runnable released;
    private boolean gone;

    /** @param released called once when the channel is gone, after everything else */
    ConnectionHandler(Sv2Connection connection, SetupFlow flow, Runnable released) {
        this.connection = connection;
        this.flow = flow;
        this.released = released;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connection.handler(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof Received received)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (connection.isOpen()) {
            connection.readBegins();
            flow.received(received);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection.readEnds();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SessionEstablished session) {
            connection.metrics().handshakeDone();
            flow.secured(session);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.writabilityChanged();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        connection.abort(CloseCause.of(thrown));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        try {
            ended();
        } finally {
            ctx.fireChannelInactive();
        }
    }

    private void ended() {
        if (gone) {
            return;
        }
        gone = true;
        CloseCause cause = connection.channelClosed();
        if (connection.isSetUp()) {
            ConnectionInfo info = connection.info();
            connection.metrics().closed(info.kind(), cause.reason());
            connection.events().disconnected(info, cause, connection.counters());
        } else {
            connection.metrics().closedInSetup(cause.reason());
        }
        try {
            flow.ended(cause);
        } finally {
            released.run();
            connection.announceEnd(cause);
        }
    }
}
