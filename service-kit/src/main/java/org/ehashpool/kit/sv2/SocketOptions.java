package org.ehashpool.kit.sv2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.ehashpool.kit.sv2.link.LinkSettings;

/**
 * Options of a connection's socket: finding out that a peer vanished. TCP_USER_TIMEOUT needs the native transport; without
 * it a peer that vanished is noticed by keep-alive, or by TCP's own patience while data is unacknowledged.
 */
public final class SocketOptions {

    private SocketOptions() {}

    /** Sets them. */
    public static void apply(Channel channel, LinkSettings settings) {
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        int idle = seconds(settings.keepAliveIdle());
        int interval = seconds(settings.keepAliveInterval());
        if (channel instanceof EpollSocketChannel) {
            config.setOption(EpollChannelOption.TCP_KEEPIDLE, idle);
            config.setOption(EpollChannelOption.TCP_KEEPINTVL, interval);
            config.setOption(EpollChannelOption.TCP_KEEPCNT, settings.keepAliveProbes());
            config.setOption(
                    EpollChannelOption.TCP_USER_TIMEOUT,
                    Math.toIntExact(settings.userTimeout().toMillis()));
        } else if (channel instanceof NioSocketChannel) {
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), settings.keepAliveProbes());
        }
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
