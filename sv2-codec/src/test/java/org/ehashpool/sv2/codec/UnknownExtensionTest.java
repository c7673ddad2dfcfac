package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;

class UnknownExtensionTest {
    private static final UnknownExtension FOR_CHANNEL =
            new UnknownExtension(new FrameHeader(0x4abc, true, 7, 9), Bytes.fromHex("0403020111223344ff"));

    @Test
    void shouldRewriteOnlyTheFirstFourBytesWhenChannelIsMapped() {
        UnknownExtension mapped = FOR_CHANNEL.withChannelId(0xfffefdfcL);
        assertThat(mapped.header()).isEqualTo(FOR_CHANNEL.header());
        assertThat(mapped.payload()).isEqualTo(Bytes.fromHex("fcfdfeff11223344ff"));
        assertThat(mapped.channelId()).isEqualTo(0xfffefdfcL);
        assertThat(mapped.withChannelId(FOR_CHANNEL.channelId())).isEqualTo(FOR_CHANNEL);
    }

    @Test
    void shouldHaveNoChannelWhenChannelBitIsNotSet() {
        UnknownExtension local = new UnknownExtension(new FrameHeader(0x4abc, false, 7, 4), Bytes.fromHex("04030201"));
        assertThat(local.forwardable()).isFalse();
        assertThatIllegalStateException().isThrownBy(local::channelId);
        assertThatIllegalStateException().isThrownBy(() -> local.withChannelId(1));
    }

    @Test
    void shouldRefuseWhenPayloadAndHeaderDisagree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnknownExtension(new FrameHeader(1, false, 7, 4), Bytes.EMPTY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnknownExtension(new FrameHeader(1, true, 7, 3), Bytes.of(new byte[3])));
        assertThatIllegalArgumentException().isThrownBy(() -> FOR_CHANNEL.withChannelId(1L << 32));
        assertThatIllegalArgumentException().isThrownBy(() -> FOR_CHANNEL.withChannelId(-1));
    }
}
