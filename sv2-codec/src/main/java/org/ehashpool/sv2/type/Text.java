package org.ehashpool.sv2.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A string as a peer sent it. The bytes are kept exactly, because the specification only recommends UTF-8 and
 * identities must survive a proxy unchanged; equality is equality of bytes.
 */
public final class Text {
    /** The empty string. */
    public static final Text EMPTY = new Text(new byte[0]);

    private final byte[] utf8;

    private Text(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The string's UTF-8 bytes. */
    public static Text of(String string) {
        return string.isEmpty() ? EMPTY : new Text(string.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of these bytes, whatever they hold. */
    public static Text of(Bytes bytes) {
        return bytes.isEmpty() ? EMPTY : new Text(bytes.toByteArray());
    }

    /**
     * A copy of a part of an array, whatever it holds.
     *
     * @throws IndexOutOfBoundsException if the part does not lie within the array
     */
    public static Text copyOf(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return length == 0 ? EMPTY : new Text(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** The number of bytes, not of characters. */
    public int length() {
        return utf8.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return utf8.length == 0;
    }

    /** The bytes as they are on the wire. */
    public Bytes bytes() {
        return Bytes.owning(utf8);
    }

    /**
     * Copies the bytes into an array.
     *
     * @return the index after the last byte written
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public int copyTo(byte[] target, int targetOffset) {
        System.arraycopy(utf8, 0, target, targetOffset, utf8.length);
        return targetOffset + utf8.length;
    }

    /**
     * For logs and terminals: as {@link #toString}, with the backslash and every control, format, separator,
     * private-use, surrogate and unassigned character as a <code>&#92;uXXXX</code> escape, so that a peer's string
     * cannot forge a log line.
     */
    public String printable() {
        String decoded = toString();
        StringBuilder printable = new StringBuilder(decoded.length());
        decoded.codePoints().forEach(character -> {
            if (character == '\\') {
                printable.append("\\\\");
            } else if (isPrintable(character)) {
                printable.appendCodePoint(character);
            } else {
                for (char unit : Character.toChars(character)) {
                    printable.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return printable.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** Decoded as UTF-8, U+FFFD in place of what is not. Not for logs: see {@link #printable}. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
