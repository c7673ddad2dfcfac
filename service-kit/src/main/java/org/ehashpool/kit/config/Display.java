package org.ehashpool.kit.config;

import java.util.regex.Pattern;

/** How a given value is shown in a problem: as TOML, short, on one line, and never a secret. */
final class Display {
    /** For a variable in the wrong place: its text may be a secret. */
    static final String HIDDEN = "[not shown]";

    private static final int LONGEST = 80;
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(secret|token|password|passphrase|credential|seed|mnemonic|private|key).*");

    private Display() {}

    static String of(Node node) {
        return switch (node) {
            case Node.Leaf(String text, boolean untyped, ConfigSource source) ->
                ScalarTypes.quoted(shortened(ScalarTypes.maskUserInformation(text)));
            case Node.Leaf(Object value, boolean untyped, ConfigSource source) -> shortened(value.toString());
            case Node.Array array -> array.elements().isEmpty() ? "[]" : "[…]";
            case Node.Table table -> table.entries().isEmpty() ? "{}" : "{…}";
        };
    }

    /** For a key that no schema knows: its own name says whether it may be a secret. */
    static String ofUnknown(String key, Node node) {
        return SECRET_NAME.matcher(key).matches() ? Secret.REDACTED : of(node);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
