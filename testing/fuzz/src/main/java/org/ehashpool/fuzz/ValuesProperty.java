package org.ehashpool.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** The values of a message: hexadecimal both ways, order and size of numbers, strings that are safe to print. */
final class ValuesProperty implements Property {
    @Override
    public void check(byte[] input) {
        checkHex(new String(input, StandardCharsets.ISO_8859_1));
        checkText(input);
        if (input.length >= 2 * U256.LENGTH) {
            checkNumbers(U256.fromLittleEndian(input, 0), U256.fromBigEndian(input, U256.LENGTH));
        }
    }

    private static void checkHex(String text) {
        try {
            Bytes bytes = Bytes.fromHex(text);
            Property.require(
                    bytes.toHex().equals(text.toLowerCase(Locale.ROOT)), () -> text + " became " + bytes.toHex());
        } catch (IllegalArgumentException e) {
            Property.require(!text.isEmpty(), () -> "no digits are the empty sequence");
        }
        try {
            U256 number = U256.fromHex(text);
            Property.require(
                    number.toHex().equals(text.toLowerCase(Locale.ROOT)), () -> text + " became " + number.toHex());
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static void checkText(byte[] input) {
        Text text = Text.of(Bytes.of(input));
        Property.require(text.equals(Text.copyOf(input, 0, input.length)), () -> "two copies differ");
        Property.require(text.bytes().equals(Bytes.of(input)), () -> "the bytes are not kept");
        String printable = text.printable();
        Property.require(
                printable.codePoints().noneMatch(Character::isISOControl), () -> "a control character in " + printable);
    }

    private static void checkNumbers(U256 one, U256 other) {
        Property.require(
                Integer.signum(one.compareTo(other)) == one.toBigInteger().compareTo(other.toBigInteger()),
                () -> "order of " + one + " and " + other);
        Property.require(one.bitLength() == one.toBigInteger().bitLength(), () -> "bit length of " + one);
        Property.require(U256.of(one.toBigInteger()).equals(one), () -> one + " changed as BigInteger");
        Property.require(
                U256.fromLittleEndian(one.toLittleEndian().toByteArray(), 0).equals(one),
                () -> one + " changed in little-endian");
    }
}
