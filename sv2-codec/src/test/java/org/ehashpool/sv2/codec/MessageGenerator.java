package org.ehashpool.sv2.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.TlvField;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** Valid messages for tests, from the same declarations as the codec. The same seed gives the same messages. */
public final class MessageGenerator {
    /** How much of its types' ranges a message uses. */
    private enum Size {
        SMALLEST,
        RANDOM,
        LARGEST
    }

    private final RandomGenerator random;

    public MessageGenerator(RandomGenerator random) {
        this.random = random;
    }

    /** The records of all messages. */
    public static List<Class<? extends Message>> types() {
        return MessageCodec.messages().stream()
                .<Class<? extends Message>>map(MessageInfo::type)
                .toList();
    }

    /** A message with values from all over their ranges, sequences and strings mostly short. */
    public <M extends Message> M random(Class<M> type) {
        return type.cast(record(RecordCodec.of(type), Size.RANDOM));
    }

    /** A message of any type. */
    public Message random() {
        return random(types().get(random.nextInt(types().size())));
    }

    /** All numbers 0, all sequences and strings empty. */
    public <M extends Message> M smallest(Class<M> type) {
        return type.cast(record(RecordCodec.of(type), Size.SMALLEST));
    }

    /** All numbers, sequences and strings at their largest, as far as a frame holds them. */
    public <M extends Message> M largest(Class<M> type) {
        return type.cast(record(RecordCodec.of(type), Size.LARGEST));
    }

    /** Each known TLV or not, with values of any allowed length, in the order of their extensions. */
    public List<Tlv> tlvs() {
        List<Tlv> tlvs = new ArrayList<>();
        for (TlvField field : TlvField.values()) {
            if (random.nextBoolean()) {
                tlvs.add(new Tlv(field, bytes(random.nextInt(field.maximumLength() + 1))));
            }
        }
        return tlvs;
    }

    private Object record(RecordCodec codec, Size size) {
        RecordLayout layout = codec.layout();
        Object[] values = layout.fields().stream()
                .map(field -> value(field.type(), size, room(layout, field)))
                .toArray();
        Class<?>[] parameters = layout.fields().stream()
                .map(field -> field.component().getType())
                .toArray(Class<?>[]::new);
        try {
            var constructor = layout.type().getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** A random record, also one that is no message. */
    Object randomRecord(Class<?> type) {
        return record(RecordCodec.of(type), Size.RANDOM);
    }

    /** What the frame leaves to a field when all others are at their largest. */
    private static long room(RecordLayout layout, RecordLayout.Field field) {
        return FrameHeader.MAXIMUM_PAYLOAD
                - (layout.maximumLength() - field.type().maximumLength());
    }

    private Object value(WireType<?> type, Size size, long room) {
        return switch (type) {
            case LeafType<?> leaf -> leaf(leaf, size);
            case SequenceType<?> sequence -> sequence(sequence, size, room);
            case OptionType<?, ?> option -> option(option, size, room);
            case RecordCodec codec -> record(codec, size);
            default -> throw new AssertionError(type);
        };
    }

    private List<Object> sequence(SequenceType<?> type, Size size, long room) {
        if (size == Size.LARGEST && type.maximumLength() > room) {
            // One element fills the frame: its length and the sequence's count come off.
            return List.of(
                    bytes((int) room - type.minimumLength() - type.element().minimumLength()));
        }
        int count =
                switch (size) {
                    case SMALLEST -> 0;
                    case RANDOM -> random.nextInt(random.nextInt(8) == 0 ? 64 : 4);
                    case LARGEST -> type.maximumCount();
                };
        return IntStream.range(0, count)
                .mapToObj(i -> value(type.element(), size, room))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private <T> Object option(OptionType<T, ?> type, Size size, long room) {
        boolean present =
                switch (size) {
                    case SMALLEST -> false;
                    case RANDOM -> random.nextBoolean();
                    case LARGEST -> true;
                };
        return type.fromOptional(present ? Optional.of((T) value(type.element(), size, room)) : Optional.empty());
    }

    private Object leaf(LeafType<?> type, Size size) {
        long bits =
                switch (size) {
                    case SMALLEST -> 0;
                    case RANDOM -> random.nextLong() >>> random.nextInt(64);
                    case LARGEST -> -1;
                };
        if (type == LeafType.BOOL) {
            return (bits & 1) != 0;
        }
        if (type == LeafType.F32) {
            return size == Size.LARGEST ? Float.MAX_VALUE : size == Size.SMALLEST ? 0f : random.nextFloat(1e15f);
        }
        if (type == LeafType.U256_NUMBER) {
            byte[] raw = bytes(U256.LENGTH).toByteArray();
            return switch (size) {
                case SMALLEST -> U256.ZERO;
                case RANDOM -> U256.fromLittleEndian(raw, 0);
                case LARGEST -> U256.MAX_VALUE;
            };
        }
        if (type.carrier() == int.class) {
            return (int) (bits & ((1L << (8 * type.minimumLength())) - 1));
        }
        if (type.carrier() == long.class) {
            return type == LeafType.U32 ? bits & 0xffff_ffffL : bits;
        }
        Bytes bytes = bytes(length(type, size));
        return type.carrier() == Text.class ? Text.of(bytes) : bytes;
    }

    private int length(LeafType<?> type, Size size) {
        if (type.isFixedLength()) {
            return type.minimumLength();
        }
        int longest = (int) type.maximumLength() - type.minimumLength();
        return switch (size) {
            case SMALLEST -> 0;
            case RANDOM -> random.nextInt(Math.min(longest, random.nextInt(16) == 0 ? 300 : 40) + 1);
            case LARGEST -> longest;
        };
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
