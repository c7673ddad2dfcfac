package org.ehashpool.sv2.codec;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.TlvField;
import org.ehashpool.sv2.type.Bytes;

/**
 * The TLVs after a message's own fields (section 3.4.3): Type U16 and U8, Length U16, Value.
 *
 * <p>The specification's example has Type and Length big-endian, the reference implementation writes them
 * little-endian. Both are read: the order counts in which the tail parses exactly and names a negotiated extension,
 * little-endian first. A tail that parses but names none is skipped: "The server MUST ignore any unexpected TLV fields"
 * (extension 0x0002). Any other tail is malformed.
 */
final class TlvTail {
    private static final int HEADER_LENGTH = 5;

    /** Extensions with TLVs: not the core specification's 0, and without the {@code channel_msg} bit. */
    private static final int HIGHEST_EXTENSION = 0x7fff;

    private static final Comparator<Tlv> ASCENDING = Comparator.<Tlv>comparingInt(
                    tlv -> tlv.field().extension())
            .thenComparingInt(tlv -> tlv.field().number());

    private final byte[] buffer;
    private final int payload;
    private final int start;
    private final int end;
    private final Extensions negotiated;

    private TlvTail(byte[] buffer, int payload, int start, int end, Extensions negotiated) {
        this.buffer = buffer;
        this.payload = payload;
        this.start = start;
        this.end = end;
        this.negotiated = negotiated;
    }

    /**
     * Reads a tail.
     *
     * @param payload where in the buffer the message begins, for offsets
     * @param start where the tail begins
     * @param end where it ends
     */
    static List<Tlv> read(byte[] buffer, int payload, int start, int end, Extensions negotiated) {
        if (start == end) {
            return List.of();
        }
        TlvTail tail = new TlvTail(buffer, payload, start, end, negotiated);
        boolean little = tail.parses(ByteOrder.LITTLE_ENDIAN);
        if (little && tail.namesNegotiated(ByteOrder.LITTLE_ENDIAN)) {
            return tail.known(ByteOrder.LITTLE_ENDIAN);
        }
        boolean big = tail.parses(ByteOrder.BIG_ENDIAN);
        if (big && tail.namesNegotiated(ByteOrder.BIG_ENDIAN)) {
            return tail.known(ByteOrder.BIG_ENDIAN);
        }
        if (!little && !big) {
            throw new FieldException(start - payload, (end - start) + " bytes after the last field, which are no TLVs");
        }
        return List.of();
    }

    private boolean parses(ByteOrder order) {
        int position = start;
        while (position < end) {
            if (end - position < HEADER_LENGTH) {
                return false;
            }
            int extension = u16(position, order);
            if (extension == 0 || extension > HIGHEST_EXTENSION) {
                return false;
            }
            position = next(position, order);
        }
        return position == end;
    }

    private boolean namesNegotiated(ByteOrder order) {
        for (int position = start; position < end; position = next(position, order)) {
            if (negotiated.contains(u16(position, order))) {
                return true;
            }
        }
        return false;
    }

    /** The fields that this codec knows, of negotiated extensions. */
    private List<Tlv> known(ByteOrder order) {
        List<Tlv> tlvs = new ArrayList<>(1);
        for (int position = start; position < end; position = next(position, order)) {
            int extension = u16(position, order);
            if (negotiated.contains(extension)) {
                Optional<TlvField> field = TlvField.of(extension, buffer[position + 2] & 0xff);
                if (field.isPresent()) {
                    tlvs.add(known(field.get(), position, u16(position + 3, order), tlvs));
                }
            }
        }
        return tlvs;
    }

    private Tlv known(TlvField field, int position, int length, List<Tlv> earlier) {
        if (length > field.maximumLength()) {
            throw new FieldException(
                    field.wireName(),
                    position - payload,
                    length + " bytes, at most " + field.maximumLength() + " allowed");
        }
        if (field.in(earlier).isPresent()) {
            throw new FieldException(field.wireName(), position - payload, "twice");
        }
        return new Tlv(field, Bytes.copyOf(buffer, position + HEADER_LENGTH, length));
    }

    private int next(int position, ByteOrder order) {
        return position + HEADER_LENGTH + u16(position + 3, order);
    }

    private int u16(int position, ByteOrder order) {
        int first = buffer[position] & 0xff;
        int second = buffer[position + 1] & 0xff;
        return order == ByteOrder.LITTLE_ENDIAN ? first | second << 8 : first << 8 | second;
    }

    /** The bytes that {@link #write} writes. */
    static long length(List<Tlv> tlvs) {
        long length = 0;
        for (Tlv tlv : tlvs) {
            length += HEADER_LENGTH + tlv.value().length();
        }
        return length;
    }

    /** Writes TLVs in ascending order of extension and field, and returns the index after the last byte written. */
    static int write(List<Tlv> tlvs, ByteOrder order, byte[] buffer, int payload, int offset) {
        int position = offset;
        for (Tlv tlv : tlvs.size() > 1 ? tlvs.stream().sorted(ASCENDING).toList() : tlvs) {
            TlvField field = tlv.field();
            if (tlv.value().length() > field.maximumLength()) {
                throw new FieldException(
                        field.wireName(),
                        position - payload,
                        tlv.value().length() + " bytes, at most " + field.maximumLength() + " allowed");
            }
            if (tlvs.stream().filter(other -> other.field() == field).count() > 1) {
                throw new FieldException(field.wireName(), position - payload, "twice");
            }
            u16(field.extension(), order, buffer, position);
            buffer[position + 2] = (byte) field.number();
            u16(tlv.value().length(), order, buffer, position + 3);
            position = tlv.value().copyTo(buffer, position + HEADER_LENGTH);
        }
        return position;
    }

    private static void u16(int value, ByteOrder order, byte[] buffer, int position) {
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        buffer[position] = (byte) (little ? value : value >> 8);
        buffer[position + 1] = (byte) (little ? value >> 8 : value);
    }
}
