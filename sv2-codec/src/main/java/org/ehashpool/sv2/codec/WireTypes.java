package org.ehashpool.sv2.codec;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.sv2.type.B0_16M;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.B0_32;
import org.ehashpool.sv2.type.B0_64K;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.F32;
import org.ehashpool.sv2.type.PubKey;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.Signature;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U24;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;
import org.ehashpool.sv2.type.U8;

/** From a Java type and its annotation to the type on the wire. */
final class WireTypes {
    private static final Map<Type, Map<Class<? extends Annotation>, LeafType<?>>> ANNOTATED = Map.ofEntries(
            Map.entry(int.class, Map.of(U8.class, LeafType.U8, U16.class, LeafType.U16, U24.class, LeafType.U24)),
            Map.entry(Integer.class, Map.of(U8.class, LeafType.U8, U16.class, LeafType.U16, U24.class, LeafType.U24)),
            Map.entry(long.class, Map.of(U32.class, LeafType.U32, U64.class, LeafType.U64)),
            Map.entry(Long.class, Map.of(U32.class, LeafType.U32, U64.class, LeafType.U64)),
            Map.entry(float.class, Map.of(F32.class, LeafType.F32)),
            Map.entry(Float.class, Map.of(F32.class, LeafType.F32)),
            Map.entry(Text.class, Map.of(Str0_255.class, LeafType.STR0_255)),
            Map.entry(
                    Bytes.class,
                    Map.of(
                            B0_32.class, LeafType.B0_32,
                            B0_255.class, LeafType.B0_255,
                            B0_64K.class, LeafType.B0_64K,
                            B0_16M.class, LeafType.B0_16M,
                            PubKey.class, LeafType.PUBKEY,
                            Signature.class, LeafType.SIGNATURE)));

    private static final Map<Type, LeafType<?>> PLAIN = Map.of(
            boolean.class, LeafType.BOOL,
            Boolean.class, LeafType.BOOL,
            U256.class, LeafType.U256_NUMBER);

    private WireTypes() {}

    /** @throws IllegalArgumentException if the type has no width, or more than one */
    static WireType<?> of(AnnotatedType annotated) {
        Type type = annotated.getType();
        LeafType<?> plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        Map<Class<? extends Annotation>, LeafType<?>> widths = ANNOTATED.get(type);
        if (widths != null) {
            return width(annotated, widths);
        }
        if (type == OptionalLong.class) {
            return OptionType.ofLong(optionalLong(annotated));
        }
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            return composite(parameterized);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return RecordCodec.of(record);
        }
        throw new IllegalArgumentException("not a type of the wire: " + annotated);
    }

    private static WireType<?> composite(AnnotatedParameterizedType annotated) {
        Type raw = ((ParameterizedType) annotated.getType()).getRawType();
        WireType<?> element = of(annotated.getAnnotatedActualTypeArguments()[0]);
        if (raw == Optional.class) {
            return OptionType.of(element);
        }
        if (raw == List.class && annotated.isAnnotationPresent(Seq0_255.class)) {
            return SequenceType.upTo255(element);
        }
        if (raw == List.class && annotated.isAnnotationPresent(Seq0_64K.class)) {
            return SequenceType.upTo64K(element);
        }
        throw new IllegalArgumentException("not a type of the wire: " + annotated);
    }

    private static LeafType<Long> optionalLong(AnnotatedType annotated) {
        if (annotated.isAnnotationPresent(U32.class)) {
            return LeafType.U32;
        }
        if (annotated.isAnnotationPresent(U64.class)) {
            return LeafType.U64;
        }
        throw new IllegalArgumentException("not a type of the wire: " + annotated);
    }

    private static LeafType<?> width(AnnotatedType annotated, Map<Class<? extends Annotation>, LeafType<?>> widths) {
        List<LeafType<?>> found = widths.entrySet().stream()
                .filter(width -> annotated.isAnnotationPresent(width.getKey()))
                .<LeafType<?>>map(Map.Entry::getValue)
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("one width expected on " + annotated + ", found " + found);
        }
        return found.getFirst();
    }
}
