package org.ehashpool.sv2.codec;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** OPTION: "Identical representation to SEQ0_255 but enforces the maximum size of 1". */
final class OptionType<T, O> extends WireType<O> {
    private final WireType<T> element;
    private final Function<@Nullable T, O> wrap;
    private final Function<O, @Nullable T> unwrap;

    private OptionType(WireType<T> element, Function<@Nullable T, O> wrap, Function<O, @Nullable T> unwrap) {
        super("OPTION[" + element + "]", 1, 1 + element.maximumLength());
        this.element = element;
        this.wrap = wrap;
        this.unwrap = unwrap;
    }

    static <T> OptionType<T, Optional<T>> of(WireType<T> element) {
        return new OptionType<>(element, Optional::ofNullable, option -> option.orElse(null));
    }

    static OptionType<Long, OptionalLong> ofLong(WireType<Long> element) {
        return new OptionType<>(
                element,
                value -> value == null ? OptionalLong.empty() : OptionalLong.of(value),
                option -> option.isPresent() ? option.getAsLong() : null);
    }

    WireType<T> element() {
        return element;
    }

    @Override
    O read(Input in) {
        int offset = in.offset();
        int count = in.u8();
        if (count > 1) {
            throw new FieldException(offset, "count " + count + ", at most 1 allowed");
        }
        return wrap.apply(count == 0 ? null : element.read(in));
    }

    @Override
    void write(O value, Output out) {
        T present = unwrap.apply(value);
        out.u8(present == null ? 0 : 1);
        if (present != null) {
            element.write(present, out);
        }
    }

    @Override
    long length(O value) {
        T present = unwrap.apply(value);
        return present == null ? 1 : 1 + element.length(present);
    }
}
