package org.ehashpool.sv2.codec;

import java.util.List;

/** SEQ0_255 and SEQ0_64K: a count, then that many elements. */
final class SequenceType<T> extends WireType<List<T>> {
    private final LeafType<Integer> count;
    private final int maximumCount;
    private final WireType<T> element;

    private SequenceType(String name, LeafType<Integer> count, int maximumCount, WireType<T> element) {
        super(
                name + "[" + element + "]",
                count.minimumLength(),
                count.minimumLength() + maximumCount * element.maximumLength());
        if (element.minimumLength() == 0) {
            throw new IllegalArgumentException("a count of elements without bytes bounds nothing: " + element);
        }
        this.count = count;
        this.maximumCount = maximumCount;
        this.element = element;
    }

    static <T> SequenceType<T> upTo255(WireType<T> element) {
        return new SequenceType<>("SEQ0_255", LeafType.U8, 0xff, element);
    }

    static <T> SequenceType<T> upTo64K(WireType<T> element) {
        return new SequenceType<>("SEQ0_64K", LeafType.U16, 0xffff, element);
    }

    WireType<T> element() {
        return element;
    }

    int maximumCount() {
        return maximumCount;
    }

    @Override
    List<T> read(Input in) {
        int offset = in.offset();
        int size = count.read(in);
        // Before anything is allocated: a count that the rest of the payload cannot hold.
        if ((long) size * element.minimumLength() > in.remaining()) {
            throw new FieldException(
                    offset,
                    size + " elements need " + (long) size * element.minimumLength() + " bytes or more, "
                            + in.remaining() + " left");
        }
        @SuppressWarnings("unchecked")
        T[] elements = (T[]) new Object[size];
        int index = 0;
        try {
            for (; index < size; index++) {
                elements[index] = element.read(in);
            }
        } catch (FieldException e) {
            throw e.within(index);
        }
        return List.of(elements);
    }

    @Override
    void write(List<T> value, Output out) {
        int size = value.size();
        if (size > maximumCount) {
            throw out.invalid(size + " elements, at most " + maximumCount + " allowed");
        }
        count.write(size, out);
        int index = 0;
        try {
            for (; index < size; index++) {
                element.write(value.get(index), out);
            }
        } catch (FieldException e) {
            throw e.within(index);
        }
    }

    @Override
    long length(List<T> value) {
        if (element.isFixedLength()) {
            return count.minimumLength() + (long) value.size() * element.minimumLength();
        }
        long length = count.minimumLength();
        for (T each : value) {
            length += element.length(each);
        }
        return length;
    }
}
