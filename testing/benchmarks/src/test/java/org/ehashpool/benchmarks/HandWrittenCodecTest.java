package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.MessageGenerator;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.junit.jupiter.api.Test;

/** A limit that does less than the codec would be none. */
class HandWrittenCodecTest {
    private final MessageGenerator generator = new MessageGenerator(new Random(1));

    @Test
    void shouldAgreeWithTheCodecWhenMessageIsAShare() {
        for (int i = 0; i < 100; i++) {
            SubmitSharesExtended share = generator.random(SubmitSharesExtended.class);
            byte[] payload = HandWrittenCodec.encode(share);
            assertThat(payload).isEqualTo(derived(share));
            assertThat(HandWrittenCodec.decodeShare(payload)).isEqualTo(share);
        }
    }

    @Test
    void shouldAgreeWithTheCodecWhenMessageIsAJob() {
        for (int i = 0; i < 100; i++) {
            NewExtendedMiningJob job = generator.random(NewExtendedMiningJob.class);
            byte[] payload = HandWrittenCodec.encode(job);
            assertThat(payload).isEqualTo(derived(job));
            assertThat(HandWrittenCodec.decodeJob(payload)).isEqualTo(job);
        }
    }

    @Test
    void shouldRefuseWhenTruncatedAtAnyByte() {
        byte[] share = HandWrittenCodec.encode(generator.random(SubmitSharesExtended.class));
        for (int length = 0; length < share.length; length++) {
            byte[] truncated = Arrays.copyOf(share, length);
            assertThatIllegalArgumentException().isThrownBy(() -> HandWrittenCodec.decodeShare(truncated));
        }
        byte[] job = HandWrittenCodec.encode(generator.random(NewExtendedMiningJob.class));
        for (int length = 0; length < job.length; length++) {
            byte[] truncated = Arrays.copyOf(job, length);
            assertThatIllegalArgumentException().isThrownBy(() -> HandWrittenCodec.decodeJob(truncated));
        }
    }

    @Test
    void shouldRefuseToEncodeWhatTheWireCannotHold() {
        NewExtendedMiningJob job = generator.smallest(NewExtendedMiningJob.class);
        NewExtendedMiningJob tooLate = new NewExtendedMiningJob(
                job.channelId(),
                job.jobId(),
                OptionalLong.of(1L << 32),
                job.version(),
                true,
                job.merklePath(),
                job.coinbaseTxPrefix(),
                job.coinbaseTxSuffix());
        assertThatIllegalArgumentException().isThrownBy(() -> HandWrittenCodec.encode(tooLate));
    }

    private static byte[] derived(Message message) {
        byte[] payload = new byte[MessageCodec.encodedLength(message)];
        MessageCodec.encode(message, payload, 0);
        return payload;
    }
}
