package org.ehashpool.sv2.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/**
 * A payload being read: one method per data type of section 3.1. Generated code calls them by name. Each checks what is
 * left before it allocates, and throws nothing but {@link FieldException}.
 */
final class Input {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] buffer;
    private final int start;
    private final int end;
    private int position;

    /** The caller has checked that the part lies within the buffer. */
    Input(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    int remaining() {
        return end - position;
    }

    /** Bytes read so far. */
    int offset() {
        return position - start;
    }

    /** "Recipients MUST NOT interpret bits outside of the least significant bit." */
    boolean bool() {
        return (u8() & 1) != 0;
    }

    int u8() {
        return buffer[take(1)] & 0xff;
    }

    int u16() {
        return (short) SHORT.get(buffer, take(2)) & 0xffff;
    }

    int u24() {
        int at = take(3);
        return ((short) SHORT.get(buffer, at) & 0xffff) | (buffer[at + 2] & 0xff) << 16;
    }

    long u32() {
        return (int) INT.get(buffer, take(4)) & 0xffff_ffffL;
    }

    long u64() {
        return (long) LONG.get(buffer, take(8));
    }

    float f32() {
        int at = take(4);
        float value = Float.intBitsToFloat((int) INT.get(buffer, at));
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new FieldException(at - start, value + " is no hash rate");
        }
        return value;
    }

    U256 u256() {
        return U256.fromLittleEndian(buffer, take(U256.LENGTH));
    }

    Bytes pubKey() {
        return Bytes.copyOf(buffer, take(32), 32);
    }

    Bytes signature() {
        return Bytes.copyOf(buffer, take(64), 64);
    }

    Text str0To255() {
        int length = u8();
        return Text.copyOf(buffer, take(length), length);
    }

    Bytes b0To32() {
        int length = u8();
        if (length > 32) {
            throw new FieldException(offset() - 1, length + " bytes, at most 32 allowed");
        }
        return bytes(length);
    }

    Bytes b0To255() {
        return bytes(u8());
    }

    Bytes b0To64K() {
        return bytes(u16());
    }

    Bytes b0To16M() {
        return bytes(u24());
    }

    /** That many bytes, copied. */
    Bytes bytes(int length) {
        return Bytes.copyOf(buffer, take(length), length);
    }

    private int take(int length) {
        int at = position;
        if (end - at < length) {
            throw new FieldException(at - start, length + " bytes needed, " + (end - at) + " left");
        }
        position = at + length;
        return at;
    }
}
