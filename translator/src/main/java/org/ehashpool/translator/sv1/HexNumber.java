package org.ehashpool.translator.sv1;

import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.sv2.type.U32;

/** 32-bit numbers as miners write them: in hexadecimal, the most significant digit first, some without leading zeros. */
final class HexNumber {
    private HexNumber() {}

    /** Empty if it is not one to eight hexadecimal digits. */
    static Optional<@U32 Long> read(String digits) {
        if (digits.isEmpty() || digits.length() > 8) {
            return Optional.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(HexFormat.fromHexDigitsToLong(digits));
    }
}
