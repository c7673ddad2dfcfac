package org.ehashpool.mint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a document shows of a conversation: calls and answers, with the names that stand in braces for what differs. A
 * name is bound by the first answer that it stands in.
 */
final class DocumentedCalls {

    private static final Pattern BLOCK =
            Pattern.compile("^```(console|websocket)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9_]*|…)\\}");
    private static final String ANYTHING = "…";

    private final Map<String, String> bound = new HashMap<>();

    /** One exchange, or a whole conversation over a WebSocket. */
    sealed interface Step {

        /** A command, and the answer that is shown. */
        record Call(String command, String answer) implements Step {}

        /** Lines that begin with a direction. */
        record Conversation(List<String> lines) implements Step {}
    }

    /** Everything that a document shows, in its order. */
    static List<Step> read(String document) {
        List<Step> steps = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(document);
        while (blocks.find()) {
            if (blocks.group(1).equals("websocket")) {
                steps.add(new Step.Conversation(blocks.group(2).lines().toList()));
            } else {
                readCalls(blocks.group(2), steps);
            }
        }
        return steps;
    }

    private static void readCalls(String block, List<Step> steps) {
        for (String call : block.split("(?m)^\\$ ", -1)) {
            if (call.isBlank()) {
                continue;
            }
            int end = endOfCommand(call);
            steps.add(new Step.Call(call.substring(0, end), call.substring(end).strip()));
        }
    }

    /** A command goes on behind an open quote and behind a backslash. */
    private static int endOfCommand(String text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            } else if (next == '\n' && quote == 0 && text.charAt(i - 1) != '\\') {
                return i;
            }
        }
        return text.length();
    }

    /** What a name stands for from now on. */
    void bind(String name, String value) {
        bound.put(name, value);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(bound.get(name));
    }

    /** A command or message with what its names stand for; names of nothing stay. */
    String filled(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(bound.getOrDefault(name.group(1), name.group())));
    }

    /** Compares but for white space, and binds the names that were not bound before. */
    void compare(String what, String shown, String answer) {
        String text = compact(shown);
        List<String> names = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        Matcher matcher = NAME.matcher(text);
        int from = 0;
        while (matcher.find()) {
            pattern.append(Pattern.quote(text.substring(from, matcher.start())));
            pattern.append(part(matcher.group(1), names));
            from = matcher.end();
        }
        pattern.append(Pattern.quote(text.substring(from)));
        Matcher match = Pattern.compile(pattern.toString()).matcher(compact(answer));
        assertThat(match.matches())
                .as("%s%nshown: %s%nanswer: %s", what, filled(text), answer)
                .isTrue();
        for (int i = 0; i < names.size(); i++) {
            bound.put(names.get(i), match.group(i + 1));
        }
    }

    private String part(String name, List<String> names) {
        if (name.equals(ANYTHING)) {
            return ".*?";
        }
        // As it stands: an answer that shows a path with a name in braces.
        if (name.equals("method")) {
            return Pattern.quote("{method}");
        }
        String value = bound.get(name);
        if (value != null) {
            return Pattern.quote(value);
        }
        int before = names.indexOf(name);
        if (before >= 0) {
            return "\\" + (before + 1);
        }
        names.add(name);
        return "([^\",}\\]]+)";
    }

    /** Without the white space that is not in texts. */
    private static String compact(String json) {
        StringBuilder compact = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char next = json.charAt(i);
            if (next == '"') {
                quoted = !quoted;
            }
            if (quoted || !Character.isWhitespace(next)) {
                compact.append(next);
            }
        }
        return compact.toString();
    }
}
