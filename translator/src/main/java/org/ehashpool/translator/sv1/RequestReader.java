package org.ehashpool.translator.sv1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes requests of lines. Whatever a line holds, it is a request or a {@link MalformedLineException}. */
public final class RequestReader {
    /** The longest text that is kept of a parameter, in characters; a longer one makes the request malformed. */
    static final int MAX_TEXT = 256;

    private static final int MAX_AGENT = 128;

    private RequestReader() {}

    /**
     * Reads a line without its end.
     *
     * @throws MalformedLineException if it is no JSON object within the limits
     */
    public static Request read(byte[] line, int offset, int length) throws MalformedLineException {
        Json.Fields fields = JsonReader.read(line, offset, length);
        Optional<RequestId> id = RequestId.of(fields.get("id"));
        if (id.isEmpty()) {
            return new Request.Malformed(RequestId.NULL, "The id is no number or short text");
        }
        return switch (fields.get("method")) {
            case Json.Text(String method) -> call(id.get(), method, fields.get("params"));
            case Json.Nothing _
            when fields.fields().containsKey("result") || fields.fields().containsKey("error") ->
                new Request.Reply(id.get(), fields.get("result").text().map(text -> cut(text, MAX_AGENT)));
            case Json.Nothing _, Json.Numeral _, Json.Bool _, Json.Array _, Json.Fields _ ->
                new Request.Malformed(id.get(), "The request names no method");
        };
    }

    private static Request call(RequestId id, String method, Json params) {
        List<Json> items;
        switch (params) {
            case Json.Array(List<Json> given) -> items = given;
            case Json.Nothing _ -> items = List.of();
            case Json.Text _, Json.Numeral _, Json.Bool _, Json.Fields _ -> {
                return new Request.Malformed(id, "The parameters are no list");
            }
        }
        Parameters parameters = new Parameters(items);
        return switch (method) {
            case "mining.submit" -> submit(id, parameters);
            case "mining.subscribe" ->
                new Request.Subscribe(
                        id,
                        parameters.text(0).map(agent -> cut(agent, MAX_AGENT)),
                        parameters.text(1).map(session -> cut(session, MAX_AGENT)));
            case "mining.authorize" ->
                parameters
                        .shortText(0)
                        .<Request>map(username -> new Request.Authorize(id, username))
                        .orElseGet(() -> malformed(id, method));
            case "mining.configure" -> configure(id, parameters);
            case "mining.extranonce.subscribe" -> new Request.ExtranonceSubscribe(id);
            case "mining.suggest_difficulty" -> {
                OptionalDouble difficulty = number(parameters.at(0));
                yield difficulty.isPresent()
                        ? new Request.SuggestDifficulty(id, difficulty.getAsDouble())
                        : malformed(id, method);
            }
            case "mining.suggest_target" ->
                parameters
                        .shortText(0)
                        .<Request>map(target -> new Request.SuggestTarget(id, target))
                        .orElseGet(() -> malformed(id, method));
            case "mining.multi_version" -> new Request.MultiVersion(id);
            case "client.get_version", "mining.get_version" -> new Request.GetVersion(id);
            case "mining.ping", "client.ping", "ping" -> new Request.Ping(id);
            case "mining.pong", "client.pong", "pong" -> new Request.Pong(id);
            default -> new Request.Unknown(id, cut(method, MAX_AGENT));
        };
    }

    private static Request submit(RequestId id, Parameters parameters) {
        Optional<String> username = parameters.shortText(0);
        Optional<String> jobId = parameters.shortText(1);
        Optional<String> extranonce2 = parameters.shortText(2);
        Optional<String> time = parameters.shortText(3);
        Optional<String> nonce = parameters.shortText(4);
        if (username.isEmpty() || jobId.isEmpty() || extranonce2.isEmpty() || time.isEmpty() || nonce.isEmpty()) {
            return malformed(id, "mining.submit");
        }
        return new Request.Submit(
                id,
                username.get(),
                jobId.get(),
                extranonce2.get(),
                time.get(),
                nonce.get(),
                parameters.shortText(5).filter(bits -> !bits.isEmpty()));
    }

    private static Request configure(RequestId id, Parameters parameters) {
        if (!(parameters.at(0) instanceof Json.Array(List<Json> names))) {
            return malformed(id, "mining.configure");
        }
        List<String> extensions = new ArrayList<>();
        names.forEach(
                name -> name.text().filter(text -> text.length() <= MAX_TEXT).ifPresent(extensions::add));
        Json.Fields options = parameters.at(1) instanceof Json.Fields given ? given : Json.Fields.NONE;
        OptionalDouble bits = number(options.get("version-rolling.min-bit-count"));
        return new Request.Configure(
                id,
                extensions,
                options.get("version-rolling.mask").text().filter(mask -> mask.length() <= MAX_TEXT),
                (int) Math.clamp(bits.orElse(0), 0, 1_000),
                number(options.get("minimum-difficulty.value")),
                device(options));
    }

    private static Optional<String> device(Json.Fields options) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("info.hw-version", "info.sw-version", "info.hw-id")) {
            options.get(name).text().map(text -> cut(text, MAX_AGENT)).ifPresent(parts::add);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(cut(String.join(" ", parts), MAX_AGENT));
    }

    private static OptionalDouble number(Json value) {
        try {
            Optional<String> text = value.text().filter(digits -> digits.length() <= 64);
            return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalDouble.empty();
        }
    }

    private static Request malformed(RequestId id, String method) {
        return new Request.Malformed(id, "Invalid parameters of " + method);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /** A request's parameters; one that is not there is null. */
    private record Parameters(List<Json> items) {
        Json at(int index) {
            return index < items.size() ? items.get(index) : Json.nothing();
        }

        Optional<String> text(int index) {
            return at(index).text();
        }

        Optional<String> shortText(int index) {
            return text(index).filter(text -> text.length() <= MAX_TEXT);
        }
    }
}
