package org.ehashpool.mint;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call of {@code curl} with the few options that the documents use, read as a shell reads it. */
record CurlCommand(Optional<String> method, URI uri, List<String> headers, Optional<String> data) {

    static CurlCommand parse(String command) {
        List<String> words = words(command);
        if (!words.getFirst().equals("curl")) {
            throw new IllegalArgumentException("not a call of curl: " + command);
        }
        Optional<String> method = Optional.empty();
        Optional<String> uri = Optional.empty();
        Optional<String> data = Optional.empty();
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-X" -> method = Optional.of(words.get(++i));
                case "-H" -> headers.add(words.get(++i));
                case "-d" -> data = Optional.of(words.get(++i));
                case String word
                when word.startsWith("-") ->
                    throw new IllegalArgumentException("an option that the test does not know: " + word);
                case String word -> uri = Optional.of(word);
            }
        }
        return new CurlCommand(method, URI.create(uri.orElseThrow()), headers, data);
    }

    /** The request that curl would send. */
    HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(
                        method.orElse(data.isPresent() ? "POST" : "GET"),
                        data.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        data.ifPresent(body -> request.header("Content-Type", "application/x-www-form-urlencoded"));
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        return request.build();
    }

    /** Words of a shell: quotes of both kinds, and a backslash before the end of a line. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean begun = false;
        String line = command.replace("\\\n", " ");
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
                begun = true;
            } else if (next == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(next)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(next);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
