package org.ehashpool.sv2.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/**
 * A data type that is not made of others. Generated code calls the method of that name of {@link Input} and {@link
 * Output} without boxing; sequences go through {@link #read} and {@link #write}.
 */
final class LeafType<T> extends WireType<T> {
    static final LeafType<Boolean> BOOL = fixed("BOOL", 1, boolean.class, "bool", Input::bool, Output::bool);
    static final LeafType<Integer> U8 = fixed("U8", 1, int.class, "u8", Input::u8, Output::u8);
    static final LeafType<Integer> U16 = fixed("U16", 2, int.class, "u16", Input::u16, Output::u16);
    static final LeafType<Integer> U24 = fixed("U24", 3, int.class, "u24", Input::u24, Output::u24);
    static final LeafType<Long> U32 = fixed("U32", 4, long.class, "u32", Input::u32, Output::u32);
    static final LeafType<Long> U64 = fixed("U64", 8, long.class, "u64", Input::u64, Output::u64);
    static final LeafType<Float> F32 = fixed("F32", 4, float.class, "f32", Input::f32, Output::f32);
    static final LeafType<U256> U256_NUMBER = fixed("U256", U256.LENGTH, U256.class, "u256", Input::u256, Output::u256);
    static final LeafType<Bytes> PUBKEY = fixed("PUBKEY", 32, Bytes.class, "pubKey", Input::pubKey, Output::pubKey);
    static final LeafType<Bytes> SIGNATURE =
            fixed("SIGNATURE", 64, Bytes.class, "signature", Input::signature, Output::signature);
    static final LeafType<Text> STR0_255 = new LeafType<>(
            "STR0_255", 1, 256, Text.class, "str0To255", Input::str0To255, Output::str0To255, t -> 1 + t.length());
    static final LeafType<Bytes> B0_32 =
            new LeafType<>("B0_32", 1, 33, Bytes.class, "b0To32", Input::b0To32, Output::b0To32, b -> 1 + b.length());
    static final LeafType<Bytes> B0_255 = new LeafType<>(
            "B0_255", 1, 256, Bytes.class, "b0To255", Input::b0To255, Output::b0To255, b -> 1 + b.length());
    static final LeafType<Bytes> B0_64K = new LeafType<>(
            "B0_64K", 2, 2 + 0xffff, Bytes.class, "b0To64K", Input::b0To64K, Output::b0To64K, b -> 2 + b.length());
    static final LeafType<Bytes> B0_16M = new LeafType<>(
            "B0_16M", 3, 3 + 0xff_ffff, Bytes.class, "b0To16M", Input::b0To16M, Output::b0To16M, b -> 3 + b.length());

    private final Class<?> carrier;
    private final String method;
    private final Function<Input, T> reader;
    private final BiConsumer<Output, T> writer;
    private final ToIntFunction<T> measure;

    private LeafType(
            String name,
            int minimumLength,
            int maximumLength,
            Class<?> carrier,
            String method,
            Function<Input, T> reader,
            BiConsumer<Output, T> writer,
            ToIntFunction<T> measure) {
        super(name, minimumLength, maximumLength);
        this.carrier = carrier;
        this.method = method;
        this.reader = reader;
        this.writer = writer;
        this.measure = measure;
    }

    private static <T> LeafType<T> fixed(
            String name,
            int length,
            Class<?> carrier,
            String method,
            Function<Input, T> reader,
            BiConsumer<Output, T> writer) {
        return new LeafType<>(name, length, length, carrier, method, reader, writer, value -> length);
    }

    /** The unboxed Java type. */
    Class<?> carrier() {
        return carrier;
    }

    /** The name of the method in {@link Input} and {@link Output}. */
    String method() {
        return method;
    }

    @Override
    T read(Input in) {
        return reader.apply(in);
    }

    @Override
    void write(T value, Output out) {
        writer.accept(out, value);
    }

    @Override
    long length(T value) {
        return measure.applyAsInt(value);
    }
}
