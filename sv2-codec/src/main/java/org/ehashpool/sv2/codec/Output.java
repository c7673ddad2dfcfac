package org.ehashpool.sv2.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/**
 * A payload being written: one method per data type of section 3.1. Generated code calls them by name. A value that its
 * type cannot hold is a {@link FieldException}.
 */
final class Output {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] buffer;
    private final int start;
    private int position;

    Output(byte[] buffer, int offset) {
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
    }

    int position() {
        return position;
    }

    void bool(boolean value) {
        buffer[position] = (byte) (value ? 1 : 0);
        position++;
    }

    void u8(int value) {
        check(value, 0xff);
        buffer[position] = (byte) value;
        position++;
    }

    void u16(int value) {
        check(value, 0xffff);
        SHORT.set(buffer, position, (short) value);
        position += 2;
    }

    void u24(int value) {
        check(value, 0xff_ffff);
        SHORT.set(buffer, position, (short) value);
        buffer[position + 2] = (byte) (value >> 16);
        position += 3;
    }

    void u32(long value) {
        check(value, 0xffff_ffffL);
        INT.set(buffer, position, (int) value);
        position += 4;
    }

    void u64(long value) {
        LONG.set(buffer, position, value);
        position += 8;
    }

    void f32(float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw invalid(value + " is no hash rate");
        }
        INT.set(buffer, position, Float.floatToRawIntBits(value));
        position += 4;
    }

    void u256(U256 value) {
        position = value.writeLittleEndian(buffer, position);
    }

    void pubKey(Bytes value) {
        fixed(value, 32);
    }

    void signature(Bytes value) {
        fixed(value, 64);
    }

    void str0To255(Text value) {
        length(value.length(), 255);
        u8(value.length());
        position = value.copyTo(buffer, position);
    }

    void b0To32(Bytes value) {
        length(value.length(), 32);
        u8(value.length());
        position = value.copyTo(buffer, position);
    }

    void b0To255(Bytes value) {
        length(value.length(), 255);
        u8(value.length());
        position = value.copyTo(buffer, position);
    }

    void b0To64K(Bytes value) {
        length(value.length(), 0xffff);
        u16(value.length());
        position = value.copyTo(buffer, position);
    }

    void b0To16M(Bytes value) {
        length(value.length(), 0xff_ffff);
        u24(value.length());
        position = value.copyTo(buffer, position);
    }

    /** A refusal of the value about to be written. */
    FieldException invalid(String reason) {
        return new FieldException(position - start, reason);
    }

    private void fixed(Bytes value, int length) {
        if (value.length() != length) {
            throw invalid(value.length() + " bytes, exactly " + length + " expected");
        }
        position = value.copyTo(buffer, position);
    }

    private void check(long value, long maximum) {
        if (value < 0 || value > maximum) {
            throw invalid(value + " is not within 0 to " + maximum);
        }
    }

    private void length(int length, int maximum) {
        if (length > maximum) {
            throw invalid(length + " bytes, at most " + maximum + " allowed");
        }
    }
}
