package org.ehashpool.sv2.codec;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * OPTION: "Identical representation to SEQ0_255 but enforces the maximum size of 1".
 *
 * @param <T> the element
 * @param <O> the Java type that may hold one
 */
final class OptionType<T, O> extends WireType<O> {
    private final WireType<T> element;
    private final Function<Optional<T>, O> fromOptional;
    private final Function<O, Optional<T>> toOptional;

    private OptionType(
            WireType<T> element, Function<Optional<T>, O> fromOptional, Function<O, Optional<T>> toOptional) {
        super("OPTION[" + element + "]", 1, 1 + element.maximumLength());
        this.element = element;
        this.fromOptional = fromOptional;
        this.toOptional = toOptional;
    }

    static <T> OptionType<T, Optional<T>> of(WireType<T> element) {
        return new OptionType<>(element, Function.identity(), Function.identity());
    }

    static OptionType<Long, OptionalLong> ofLong(WireType<Long> element) {
        return new OptionType<>(
                element,
                value -> value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty(),
                value -> value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty());
    }

    WireType<T> element() {
        return element;
    }

    /** The Java value of an option. */
    O fromOptional(Optional<T> value) {
        return fromOptional.apply(value);
    }

    @Override
    O read(Input in) {
        int offset = in.offset();
        int count = in.u8();
        if (count > 1) {
            throw new FieldException(offset, "count " + count + ", at most 1 allowed");
        }
        return fromOptional.apply(count == 0 ? Optional.empty() : Optional.of(element.read(in)));
    }

    @Override
    void write(O value, Output out) {
        Optional<T> present = toOptional.apply(value);
        out.u8(present.isPresent() ? 1 : 0);
        if (present.isPresent()) {
            element.write(present.get(), out);
        }
    }

    @Override
    long length(O value) {
        Optional<T> present = toOptional.apply(value);
        return present.isPresent() ? 1 + element.length(present.get()) : 1;
    }
}
