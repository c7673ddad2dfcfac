package org.ehashpool.statistics.web;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/**
 * A text as a QR code, as the path of an SVG.
 *
 * @param size of one side in modules, with the quiet zone
 * @param path of the dark modules
 * @see <a href="https://www.iso.org/standard/83389.html">ISO/IEC 18004</a>
 */
public record QrPicture(int size, String path) {
    /** Modules that stay empty around it (ISO/IEC 18004 §6.3.8). */
    private static final int QUIET = 4;

    /** Empty if the text is too long for one. */
    public static Optional<QrPicture> of(String text) {
        try {
            return Optional.of(drawn(QrCode.encodeText(text, QrCode.Ecc.LOW)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    private static QrPicture drawn(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                    path.append('h')
                            .append(x - from)
                            .append("v1h-")
                            .append(x - from)
                            .append('z');
                } else {
                    x++;
                }
            }
        }
        return new QrPicture(code.size + 2 * QUIET, path.toString());
    }
}
