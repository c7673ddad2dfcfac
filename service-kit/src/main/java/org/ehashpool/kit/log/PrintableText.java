package org.ehashpool.kit.log;

import java.util.Locale;

/** Text from anywhere, written so that it stays on its line and within its place. */
final class PrintableText {
    private PrintableText() {}

    /**
     * Appends the text with everything escaped that could end a line, drive a terminal or hide other text: controls,
     * separators of lines and paragraphs, direction and other format marks, halves of surrogate pairs; also quotes and
     * backslashes. The result fits between the quotes of a JSON string.
     *
     * @param limit in characters; what is beyond is cut and marked
     */
    static void append(StringBuilder line, String text, int limit) {
        int end = Math.min(text.length(), limit);
        int index = 0;
        while (index < end) {
            int codePoint = text.codePointAt(index);
            index += Character.charCount(codePoint);
            switch (codePoint) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isPrintable(codePoint)) {
                        line.appendCodePoint(codePoint);
                    } else {
                        for (char unit : Character.toChars(codePoint)) {
                            line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                        }
                    }
                }
            }
        }
        if (end < text.length()) {
            line.append('…');
        }
    }

    /** Whether the text needs quotes to be one value: it is empty, has spaces, or something that is escaped. */
    static boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.codePoints()
                        .anyMatch(codePoint -> codePoint == '"'
                                || codePoint == '\\'
                                || codePoint == '='
                                || Character.isSpaceChar(codePoint)
                                || !isPrintable(codePoint));
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
