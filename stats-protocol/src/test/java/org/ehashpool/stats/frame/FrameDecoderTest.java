package org.ehashpool.stats.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameDecoderTest {
    private final FrameDecoder decoder = new FrameDecoder();
    private final List<String> payloads = new ArrayList<>();

    @Test
    void shouldFindFramesWhereverTheStreamIsCut() throws MalformedFrameException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> sent = List.of("{}", "x".repeat(1_000), "é\n{", "y".repeat(Frames.LONGEST_PAYLOAD));
        sent.forEach(text -> stream.writeBytes(Frames.frame(text.getBytes(StandardCharsets.UTF_8))));
        byte[] bytes = stream.toByteArray();
        for (int step : new int[] {1, 3, 4, 5, 7, 1_500, bytes.length}) {
            payloads.clear();
            for (int i = 0; i < bytes.length; i += step) {
                feed(bytes, i, Math.min(step, bytes.length - i));
            }
            assertThat(payloads).as("steps of %d bytes", step).isEqualTo(sent);
            assertThat(decoder.pendingBytes()).isZero();
        }
    }

    @Test
    void shouldRefuseALengthThatIsZeroOrTooLargeAsSoonAsItIsRead() {
        for (byte[] header : new byte[][] {{0, 0, 0, 0}, {0, 1, 0, 1}, {-1, -1, -1, -1}, {0x7f, -1, -1, -1}}) {
            assertThatThrownBy(() -> new FrameDecoder().feed(header, 0, 4, payload -> {}))
                    .isInstanceOf(MalformedFrameException.class)
                    .hasMessageContaining("bytes; 1 to 65536 are allowed");
        }
    }

    @Test
    void shouldKeepOnlyWhatHasArrivedOfAPromisedFrame() throws MalformedFrameException {
        feed(new byte[] {0, 1, 0, 0, 'a'}, 0, 5);

        assertThat(decoder.pendingBytes()).isEqualTo(5);
        assertThat(payloads).isEmpty();
    }

    @Test
    void shouldRefuseToMakeAFrameThatNobodyWouldRead() {
        assertThatThrownBy(() -> Frames.frame(new byte[Frames.LONGEST_PAYLOAD + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frames.frame(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private void feed(byte[] bytes, int offset, int count) throws MalformedFrameException {
        decoder.feed(bytes, offset, count, payload -> payloads.add(new String(payload, StandardCharsets.UTF_8)));
    }
}
