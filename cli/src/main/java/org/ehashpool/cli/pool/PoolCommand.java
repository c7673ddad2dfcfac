package org.ehashpool.cli.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ehashpool.cli.management.ManagementAccess;
import org.ehashpool.cli.management.ManagementPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reports of a running pool's outbox, and commands to it. Exit status: 0 done, 1 refused or no answer, 2 wrong arguments. */
@Command(
        name = "pool",
        mixinStandardHelpOptions = true,
        description = "A running pool: its mints, what they owe, and what its operator does about it.")
public final class PoolCommand implements Runnable {

    private static final String TOKEN_VARIABLE = "EHASH_POOL_TOKEN";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** With this process's environment. */
    public PoolCommand() {
        this(System.getenv());
    }

    PoolCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Which pool, and how its answer is shown. */
    static final class Access {
        @Option(
                names = "--url",
                paramLabel = "URL",
                defaultValue = "http://127.0.0.1:9108",
                description = "The pool's management port (its http.listen). Default: ${DEFAULT-VALUE}.")
        @SuppressWarnings("NullAway.Init") // has a default
        private URI url;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "A file, readable by its owner only, with the pool's http.token; otherwise the"
                        + " environment's EHASH_POOL_TOKEN.")
        private Optional<Path> tokenFile = Optional.empty();

        @Option(names = "--json", description = "Print the answer as JSON.")
        private boolean json;
    }

    /** Which mint, and why. */
    static final class Intervention {
        @Option(names = "--mint", required = true, paramLabel = "KEY", description = "The mint's public key.")
        @SuppressWarnings("NullAway.Init") // required
        private String mint;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "For the log and the audit.")
        @SuppressWarnings("NullAway.Init") // required
        private String reason;

        private ObjectNode order() {
            return ManagementPort.object().put("mint", mint).put("reason", reason);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "pool needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(name = "outbox", mixinStandardHelpOptions = true, description = "What waits for a quote.")
    int outbox(@Mixin Access access) {
        return show(access, connect(access).get("/api/v1/outbox"), PoolCommand::outbox);
    }

    @Command(name = "mints", mixinStandardHelpOptions = true, description = "The mints and their connections.")
    int mints(@Mixin Access access) {
        return show(access, connect(access).get("/api/v1/mints"), PoolCommand::mints);
    }

    @Command(
            name = "reassign",
            mixinStandardHelpOptions = true,
            description =
                    "A mint is lost for ever, and out of the configuration: other mints make the quotes that it has"
                            + " not made. Should it come back, it may hold quotes that others hold too; the audit says so.")
    int reassign(@Mixin Access access, @Mixin Intervention intervention) {
        return show(
                access,
                connect(access).post("/api/v1/outbox/reassign", intervention.order()),
                (out, answer) -> done(out, "taken from the mint", answer));
    }

    @Command(
            name = "resend",
            mixinStandardHelpOptions = true,
            description = "A mint was restored and may have lost quotes: ask it again for those that it made since.")
    int resend(
            @Mixin Access access,
            @Mixin Intervention intervention,
            @Option(
                            names = "--since",
                            required = true,
                            paramLabel = "TIME",
                            description = "As 2030-01-01T00:00:00Z; earlier than needed does no harm.")
                    String since) {
        try {
            Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "--since: a time as 2030-01-01T00:00:00Z", e);
        }
        return show(
                access,
                connect(access)
                        .post("/api/v1/outbox/resend", intervention.order().put("since", since)),
                (out, answer) -> done(out, "asked for again", answer));
    }

    private ManagementPort connect(Access access) {
        return ManagementAccess.connect(
                spec.commandLine(),
                "pool",
                access.url,
                access.tokenFile,
                TOKEN_VARIABLE,
                environment,
                ManagementAccess.Options.USUAL);
    }

    private int show(Access access, JsonNode answer, BiConsumer<PrintWriter, JsonNode> report) {
        PrintWriter out = spec.commandLine().getOut();
        if (access.json) {
            out.println(answer.toPrettyString());
        } else {
            report.accept(out, answer);
        }
        out.flush();
        return 0;
    }

    private static void outbox(PrintWriter out, JsonNode answer) {
        out.printf(
                "%s shares wait for a quote, %s of them without a mint; the oldest for %d s%s%n",
                answer.path("shares_waiting").asText(),
                answer.path("unbound_shares").asText(),
                answer.path("oldest_age_ms").asLong() / 1_000,
                answer.path("full").asBoolean() ? "; no more shares are taken" : "");
        for (JsonNode mint : answer.path("mints")) {
            out.printf(
                    "%s  %s orders, %s shares, amount %s, %s refused%n",
                    mint.path("public_key").asText("(none)"),
                    mint.path("orders").asText(),
                    mint.path("shares").asText(),
                    mint.path("amount").asText(),
                    mint.path("refused").asText());
        }
    }

    private static void mints(PrintWriter out, JsonNode answer) {
        for (JsonNode mint : answer.path("mints")) {
            out.printf(
                    "%s  %s  %d connections%n",
                    mint.path("public_key").asText(),
                    mint.path("url").asText("(not known yet)"),
                    mint.path("connections").size());
        }
    }

    private static void done(PrintWriter out, String what, JsonNode answer) {
        out.printf(
                "%s orders %s, amount %s%n",
                answer.path("orders").asText(), what, answer.path("amount").asText());
    }
}
