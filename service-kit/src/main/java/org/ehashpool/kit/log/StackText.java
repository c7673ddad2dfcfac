package org.ehashpool.kit.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** A stack trace in which a line that looks like a frame is one: the messages, which peers may choose, are escaped. */
final class StackText {
    private static final int MOST_CAUSES = 8;

    private StackText() {}

    /** Lines separated by line feeds, without one at the end; cut at the limit of a line. */
    static String of(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        append(text, thrown, "", MOST_CAUSES);
        if (text.length() > LineFormat.MAXIMUM_STACK) {
            text.setLength(LineFormat.MAXIMUM_STACK);
            text.append('…');
        }
        return text.toString();
    }

    private static void appendHead(StringBuilder text, IThrowableProxy thrown) {
        text.append(thrown.getClassName());
        @Nullable String message = thrown.getMessage();
        if (message != null) {
            PrintableText.append(text.append(": "), message, LineFormat.MAXIMUM_VALUE);
        }
    }

    private static void append(StringBuilder text, IThrowableProxy thrown, String indent, int depth) {
        appendHead(text, thrown);
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        for (int index = 0; index < frames.length - thrown.getCommonFrames(); index++) {
            text.append('\n').append(indent).append("    ").append(frames[index]);
        }
        if (depth == 0) {
            return;
        }
        for (IThrowableProxy suppressed : thrown.getSuppressed()) {
            append(text.append('\n').append(indent).append("  suppressed "), suppressed, indent + "  ", depth - 1);
        }
        @Nullable IThrowableProxy cause = thrown.getCause();
        if (cause != null) {
            append(text.append('\n').append(indent).append("caused by "), cause, indent, depth - 1);
        }
    }
}
