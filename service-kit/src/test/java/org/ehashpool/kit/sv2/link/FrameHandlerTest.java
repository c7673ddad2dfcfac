package org.ehashpool.kit.sv2.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MalformedMessageException;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The codec-only pipeline: no socket, no Vert.x, no cipher. */
final class FrameHandlerTest {

    private final List<Received> received = new ArrayList<>();
    private final CountedBudget budget = new CountedBudget();
    private EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Link install(LinkSettings settings) {
        channel = new EmbeddedChannel();
        channel.freezeTime();
        Link link = Link.install(
                channel,
                Optional.empty(),
                settings,
                new SetupDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                "SetupConnection",
                Reception.setup(Sender.CLIENT, settings.payloadLimits()).established(Protocol.MINING),
                new TrafficTotals(),
                budget,
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        received.add((Received) message);
                    }
                });
        link.addPlainFrames();
        link.watch().established();
        return link;
    }

    private static final class CountedBudget implements PartialBudget {
        int limit = 100_000;
        int used;

        @Override
        public boolean reserve(int bytes) {
            if (used + bytes > limit) {
                return false;
            }
            used += bytes;
            return true;
        }

        @Override
        public void release(int bytes) {
            used -= bytes;
        }
    }

    private Link install() {
        return install(LinkSettings.DEFAULT);
    }

    private static UnknownExtension frame(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        return new UnknownExtension(new FrameHeader(0x7001, false, 1, size), Bytes.of(payload));
    }

    private static ByteBuf bytes(UnknownExtension... frames) {
        ByteBuf all = Unpooled.buffer();
        for (UnknownExtension frame : frames) {
            EncodedFrame encoded = EncodedFrame.of(frame);
            all.writeBytes(encoded.array(), 0, encoded.length());
        }
        return all;
    }

    @Test
    void shouldDeliverSameFramesWhereverTheBytesAreCut() {
        UnknownExtension[] frames = {frame(0), frame(1), frame(300), frame(0), frame(5)};
        int length = bytes(frames).readableBytes();
        for (int cut = 0; cut <= length; cut++) {
            install();
            received.clear();
            ByteBuf all = bytes(frames);
            channel.writeInbound(all.readRetainedSlice(cut));
            channel.writeInbound(all);
            assertThat(received).containsExactly(frames);
            close();
        }
    }

    @Test
    void shouldDeliverSameFramesWhenBytesComeOneByOne() {
        Link link = install();
        UnknownExtension[] frames = {frame(0), frame(700), frame(1), frame(0)};
        ByteBuf all = bytes(frames);
        int length = all.readableBytes();
        while (all.isReadable()) {
            channel.writeInbound(all.readRetainedSlice(1));
        }
        all.release();
        assertThat(received).containsExactly(frames);
        assertThat(link.counters().framesReceived()).isEqualTo(4);
        assertThat(link.counters().bytesReceived()).isEqualTo(length);
    }

    @Test
    void shouldKeepNoMoreThanTwiceWhatArrivedWhenFrameIsUnfinished() {
        install();
        FrameHandler frames = channel.pipeline().get(FrameHandler.class);
        ByteBuf all = bytes(frame(60_000));
        channel.writeInbound(all.readRetainedSlice(6));
        assertThat(frames.bytesKept()).isZero();
        for (int arrived = 0; arrived < 50_000; arrived += 100) {
            channel.writeInbound(all.readRetainedSlice(100));
            assertThat(frames.bytesKept()).isLessThanOrEqualTo(Math.max(128, 2 * (arrived + 100)));
        }
        channel.writeInbound(all);
        assertThat(received).hasSize(1);
        assertThat(frames.bytesKept()).isZero();
    }

    @Test
    void shouldReserveWhatItKeepsBeyondTheFreePartUntilTheFrameIsWhole() {
        install();
        FrameHandler frames = channel.pipeline().get(FrameHandler.class);
        ByteBuf all = bytes(frame(60_000), frame(60_000));
        channel.writeInbound(all.readRetainedSlice(6 + 4_000));
        assertThat(budget.used).isZero();
        channel.writeInbound(all.readRetainedSlice(40_000));
        assertThat(budget.used).isEqualTo(frames.bytesKept() - PartialBudget.FREE);
        channel.writeInbound(all.readRetainedSlice(16_000));
        assertThat(received).hasSize(1);
        assertThat(budget.used).isZero();
        channel.writeInbound(all.readRetainedSlice(50_000));
        assertThat(budget.used).isPositive();
        var _ = channel.close();
        channel.runPendingTasks();
        assertThat(budget.used).isZero();
        all.release();
    }

    @Test
    void shouldRefuseToKeepMoreWhenTheBudgetIsSpent() {
        install();
        budget.limit = 20_000;
        ByteBuf all = bytes(frame(60_000));
        channel.writeInbound(all.readRetainedSlice(6));
        channel.writeInbound(all.readRetainedSlice(12_000));
        assertThat(budget.used).isPositive();
        assertThatThrownBy(() -> channel.writeInbound(all))
                .isInstanceOfSatisfying(
                        PeerViolationException.class,
                        violation -> assertThat(violation.reason()).isEqualTo(CloseReason.BUFFERS_EXHAUSTED));
        var _ = channel.close();
        channel.runPendingTasks();
        assertThat(budget.used).isZero();
    }

    @Test
    void shouldTakeSmallFramesWhenTheBudgetIsSpent() {
        install();
        budget.limit = 0;
        ByteBuf all = bytes(frame(4_000));
        channel.writeInbound(all.readRetainedSlice(3_000));
        channel.writeInbound(all);
        assertThat(received).containsExactly(frame(4_000));
    }

    @Test
    void shouldRefuseOnTheHeaderWhenPayloadIsTooLong() {
        install();
        byte[] header = new byte[6];
        new FrameHeader(0, true, 0x1b, (1 << 20) + 1).write(header, 0);
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(header)))
                .isInstanceOfSatisfying(
                        PeerViolationException.class,
                        violation -> assertThat(violation.reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE));
        // Nothing after it is looked at.
        channel.writeInbound(bytes(frame(1)));
        assertThat(received).isEmpty();
    }

    @Test
    void shouldNotWaitForThePayloadWhenItIsLongerThanItsMessageCanBe() {
        install();
        byte[] header = new byte[6];
        new FrameHeader(0, true, 0x1b, 100_000).write(header, 0);
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(header)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void shouldDeliverEverythingInOrderWhenTurnsAreShort() {
        install(LinkSettings.DEFAULT.withFrameLimits(3, Optional.empty()));
        UnknownExtension[] frames = new UnknownExtension[20];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(i);
        }
        channel.eventLoop().execute(() -> received.add(frame(9_999)));
        channel.writeInbound(bytes(frames));
        // Another connection's task had its turn after three frames.
        assertThat(received).hasSize(21);
        assertThat(received.indexOf(frame(9_999))).isLessThanOrEqualTo(3);
        received.remove(frame(9_999));
        assertThat(received).containsExactly(frames);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldHoldBackWhatWasReadWhenPaused() {
        Link link = install();
        link.pause();
        channel.writeInbound(bytes(frame(1), frame(2)));
        channel.writeInbound(bytes(frame(3)));
        assertThat(received).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        link.resume();
        channel.runPendingTasks();
        assertThat(received).containsExactly(frame(1), frame(2), frame(3));
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldReleaseWhatWaitsWhenClosedWhilePaused() {
        Link link = install();
        link.pause();
        ByteBuf waiting = bytes(frame(1), frame(2));
        channel.writeInbound(waiting);
        var _ = channel.close();
        channel.runPendingTasks();
        assertThat(waiting.refCnt()).isZero();
    }

    @Test
    void shouldGatherManyMessagesInOneWriteWhenFlushed() {
        install();
        Mining.SubmitSharesSuccess success = new Mining.SubmitSharesSuccess(1, 2, 3, 4);
        for (int i = 0; i < 10; i++) {
            var _ = channel.write(success);
        }
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
        channel.flush();
        ByteBuf written = channel.readOutbound();
        EncodedFrame one = EncodedFrame.of(success);
        assertThat(written.readableBytes()).isEqualTo(10 * one.length());
        assertThat(ByteBufUtil.getBytes(written)).startsWith(one.array());
        written.release();
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }

    @Test
    void shouldWriteAsItGoesWhenMuchIsSentBetweenFlushes() {
        install();
        EncodedFrame frame = EncodedFrame.of(frame(10_000));
        for (int i = 0; i < 10; i++) {
            var _ = channel.write(frame);
        }
        channel.flush();
        int total = 0;
        for (ByteBuf written = channel.readOutbound(); written != null; written = channel.readOutbound()) {
            assertThat(written.readableBytes()).isLessThanOrEqualTo(16 << 10);
            total += written.readableBytes();
            written.release();
        }
        assertThat(total).isEqualTo(10 * frame.length());
    }

    @Test
    void shouldDecodeMessagesWhenTheyAreKnown() {
        install();
        Mining.SubmitSharesExtended share = new Mining.SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("0011"));
        EncodedFrame frame = EncodedFrame.of(share);
        channel.writeInbound(Unpooled.wrappedBuffer(frame.array()));
        assertThat(received).containsExactly(new Decoded(share, List.of()));
        assertThat(frame.header()).isEqualTo(MessageCodec.header(share, frame.length() - 6));
    }

    @Test
    void shouldReportTheUnfinishedFrameWhenItsTimeIsUp() {
        install(LinkSettings.DEFAULT.withReadLimits(Optional.empty(), Duration.ofSeconds(8)));
        ByteBuf all = bytes(frame(100));
        channel.writeInbound(all.readRetainedSlice(3));
        for (int second = 0; second < 7; second++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.writeInbound(all.readRetainedSlice(1));
        }
        channel.checkException();
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertViolation(CloseReason.FRAME_TIMEOUT);
        all.release();
    }

    @Test
    void shouldNotReportWhenEachFrameIsFinishedInTime() {
        install(LinkSettings.DEFAULT.withReadLimits(Optional.empty(), Duration.ofSeconds(8)));
        for (int i = 0; i < 10; i++) {
            ByteBuf all = bytes(frame(100));
            channel.writeInbound(all.readRetainedSlice(50));
            channel.advanceTimeBy(6, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.writeInbound(all);
        }
        channel.checkException();
        assertThat(received).hasSize(10);
    }

    @Test
    void shouldReportSilenceWhenIdleLimitIsSet() {
        install(LinkSettings.DEFAULT.withReadLimits(Optional.of(Duration.ofSeconds(4)), Duration.ofSeconds(8)));
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.writeInbound(bytes(frame(1)));
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.checkException();
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertViolation(CloseReason.IDLE);
    }

    @Test
    void shouldNotCountTheTimeInWhichThisSideDidNotRead() {
        Link link = install(
                LinkSettings.DEFAULT.withReadLimits(Optional.of(Duration.ofSeconds(10)), Duration.ofSeconds(8)));
        ByteBuf all = bytes(frame(100));
        channel.writeInbound(all.readRetainedSlice(50));
        advance(3);
        link.pause();
        advance(60);
        link.resume();
        channel.runPendingTasks();
        advance(4);
        channel.checkException();
        advance(4);
        assertViolation(CloseReason.FRAME_TIMEOUT);
        all.release();
    }

    @Test
    void shouldNotCallItSilenceWhenThisSideDidNotRead() {
        Link link =
                install(LinkSettings.DEFAULT.withReadLimits(Optional.of(Duration.ofSeconds(4)), Duration.ofSeconds(8)));
        advance(2);
        link.pause();
        advance(60);
        link.resume();
        channel.runPendingTasks();
        channel.checkException();
        advance(1);
        channel.checkException();
        advance(3);
        assertViolation(CloseReason.IDLE);
    }

    private void advance(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void shouldEncodeSetupWhenItIsTheLongestThereIs() {
        Text longest = Text.of("x".repeat(255));
        SetupConnection setup =
                new SetupConnection(0, 2, 2, 0xffff_ffffL, longest, 0xffff, longest, longest, longest, longest);
        install();
        channel.writeOutbound(setup);
        ByteBuf written = channel.readOutbound();
        assertThat(written.readableBytes()).isEqualTo(6 + 1_291);
        written.release();
    }

    private void assertViolation(CloseReason reason) {
        assertThatThrownBy(channel::checkException)
                .isInstanceOfSatisfying(
                        PeerViolationException.class,
                        violation -> assertThat(violation.reason()).isEqualTo(reason));
    }
}
