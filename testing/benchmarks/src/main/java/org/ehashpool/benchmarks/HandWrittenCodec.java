package org.ehashpool.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Two messages encoded and decoded as one would by hand, with every check that the derived codec makes. */
final class HandWrittenCodec {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int SHARE_LENGTH = 6 * Integer.BYTES + 1;
    private static final int JOB_LENGTH = 2 * Integer.BYTES + 1 + Integer.BYTES + 1 + 1 + 2 + 2;

    private HandWrittenCodec() {}

    static byte[] encode(SubmitSharesExtended share) {
        byte[] payload = new byte[SHARE_LENGTH + share.extranonce().length()];
        u32(share.channelId(), payload, 0);
        u32(share.sequenceNumber(), payload, 4);
        u32(share.jobId(), payload, 8);
        u32(share.nonce(), payload, 12);
        u32(share.ntime(), payload, 16);
        u32(share.version(), payload, 20);
        int end = length8(share.extranonce(), 32, payload, 24);
        require(end == payload.length);
        return payload;
    }

    static SubmitSharesExtended decodeShare(byte[] payload) {
        require(payload.length >= SHARE_LENGTH);
        int length = payload[24] & 0xff;
        require(length <= 32 && payload.length == SHARE_LENGTH + length);
        return new SubmitSharesExtended(
                u32(payload, 0),
                u32(payload, 4),
                u32(payload, 8),
                u32(payload, 12),
                u32(payload, 16),
                u32(payload, 20),
                Bytes.copyOf(payload, 25, length));
    }

    static byte[] encode(NewExtendedMiningJob job) {
        boolean present = job.minNtime().isPresent();
        byte[] payload = new byte
                [JOB_LENGTH
                        + (present ? Integer.BYTES : 0)
                        + job.merklePath().size() * U256.LENGTH
                        + job.coinbaseTxPrefix().length()
                        + job.coinbaseTxSuffix().length()];
        u32(job.channelId(), payload, 0);
        u32(job.jobId(), payload, 4);
        int position = 8;
        payload[position++] = (byte) (present ? 1 : 0);
        if (present) {
            u32(job.minNtime().getAsLong(), payload, position);
            position += Integer.BYTES;
        }
        u32(job.version(), payload, position);
        position += Integer.BYTES;
        payload[position++] = (byte) (job.versionRollingAllowed() ? 1 : 0);
        require(job.merklePath().size() <= 255);
        payload[position++] = (byte) job.merklePath().size();
        for (U256 node : job.merklePath()) {
            position = node.writeLittleEndian(payload, position);
        }
        position = length16(job.coinbaseTxPrefix(), payload, position);
        position = length16(job.coinbaseTxSuffix(), payload, position);
        require(position == payload.length);
        return payload;
    }

    static NewExtendedMiningJob decodeJob(byte[] payload) {
        require(payload.length >= JOB_LENGTH);
        int options = payload[8] & 0xff;
        require(options <= 1 && payload.length >= JOB_LENGTH + options * Integer.BYTES);
        int position = 9;
        OptionalLong minNtime = OptionalLong.empty();
        if (options == 1) {
            minNtime = OptionalLong.of(u32(payload, position));
            position += Integer.BYTES;
        }
        long version = u32(payload, position);
        position += Integer.BYTES;
        boolean versionRolling = (payload[position++] & 1) != 0;
        int count = payload[position++] & 0xff;
        require(payload.length - position >= count * U256.LENGTH + 2);
        List<U256> merklePath = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            merklePath.add(U256.fromLittleEndian(payload, position));
            position += U256.LENGTH;
        }
        int prefixLength = u16(payload, position);
        position += Short.BYTES;
        require(payload.length - position >= prefixLength + 2);
        Bytes prefix = Bytes.copyOf(payload, position, prefixLength);
        position += prefixLength;
        int suffixLength = u16(payload, position);
        position += Short.BYTES;
        require(payload.length - position == suffixLength);
        Bytes suffix = Bytes.copyOf(payload, position, suffixLength);
        return new NewExtendedMiningJob(
                u32(payload, 0), u32(payload, 4), minNtime, version, versionRolling, merklePath, prefix, suffix);
    }

    private static void u32(long value, byte[] payload, int position) {
        require(value >>> 32 == 0);
        INT.set(payload, position, (int) value);
    }

    private static long u32(byte[] payload, int position) {
        return (int) INT.get(payload, position) & 0xffff_ffffL;
    }

    private static int u16(byte[] payload, int position) {
        return (short) SHORT.get(payload, position) & 0xffff;
    }

    private static int length8(Bytes bytes, int maximum, byte[] payload, int position) {
        require(bytes.length() <= maximum);
        payload[position] = (byte) bytes.length();
        return bytes.copyTo(payload, position + 1);
    }

    private static int length16(Bytes bytes, byte[] payload, int position) {
        require(bytes.length() <= 0xffff);
        SHORT.set(payload, position, (short) bytes.length());
        return bytes.copyTo(payload, position + Short.BYTES);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("malformed");
        }
    }
}
