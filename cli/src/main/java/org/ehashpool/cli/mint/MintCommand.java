package org.ehashpool.cli.mint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Reports of a running mint, and commands to it. Exit status: 0 done, 1 refused or no answer, 2 wrong arguments. */
@Command(
        name = "mint",
        mixinStandardHelpOptions = true,
        description = "A running mint: keysets, what it owes, and what its operator tells it to do.")
public final class MintCommand implements Runnable {

    private static final String TOKEN_VARIABLE = "EHASH_MINT_TOKEN";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** With this process's environment. */
    public MintCommand() {
        this(System.getenv());
    }

    MintCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Which mint, and how its answer is shown. */
    static final class Access {
        @Option(
                names = "--url",
                paramLabel = "URL",
                defaultValue = "http://127.0.0.1:9113",
                description = "The mint's management port (its http.listen). Default: ${DEFAULT-VALUE}.")
        @SuppressWarnings("NullAway.Init") // has a default
        private URI url;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "A file, readable by its owner only, with the mint's http.token; otherwise the"
                        + " environment's EHASH_MINT_TOKEN.")
        private Optional<Path> tokenFile = Optional.empty();

        @Option(names = "--json", description = "Print the answer as JSON.")
        private boolean json;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "mint needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Whether it writes and quotes.")
    int status(@Mixin Access access) {
        return show(access, connect(access).get("/api/v1/status"), MintReports::status);
    }

    @Command(name = "keysets", mixinStandardHelpOptions = true, description = "All keysets with their totals.")
    int keysets(@Mixin Access access) {
        return show(access, connect(access).get("/api/v1/keysets"), MintReports::keysets);
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "What was issued and redeemed, and what is owed, by unit and keyset, of one moment.")
    int report(@Mixin Access access) {
        return show(access, connect(access).get("/api/v1/liabilities"), MintReports::liabilities);
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Give a unit a new keyset; the one before signs no more, its proofs are still taken.")
    int rotate(
            @Mixin Access access,
            @Option(names = "--unit", defaultValue = "hash", description = "Default: ${DEFAULT-VALUE}.") String unit,
            @Option(names = "--fee-ppk", paramLabel = "N", defaultValue = "0", description = "Thousandths per input.")
                    long fee,
            @Option(
                            names = "--final-expiry",
                            paramLabel = "TIME",
                            description = "As 2030-01-01T00:00:00Z: from then on its proofs are worth nothing.")
                    Optional<String> expiry,
            @Option(names = "--any-fee", description = "Allow a fee above 1000 ppk: one of the unit for each input.")
                    boolean anyFee) {
        if (fee < 0) {
            throw new ParameterException(spec.commandLine(), "--fee-ppk is 0 or more");
        }
        ObjectNode order = ManagementPort.object().put("unit", unit).put("input_fee_ppk", fee);
        if (anyFee) {
            order.put("any_fee", true);
        }
        expiry.ifPresent(text -> order.put("final_expiry", seconds(text)));
        return show(access, connect(access).post("/api/v1/keysets/rotate", order), MintReports::rotated);
    }

    private long seconds(String text) {
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "--final-expiry: a time as 2030-01-01T00:00:00Z", e);
        }
    }

    @Command(
            name = "deactivate",
            mixinStandardHelpOptions = true,
            description = "Let a unit sign no more, until it is rotated.")
    int deactivate(
            @Mixin Access access,
            @Option(names = "--unit", required = true, description = "For instance hash.") String unit) {
        ObjectNode order = ManagementPort.object().put("unit", unit);
        return show(access, connect(access).post("/api/v1/keysets/deactivate", order), MintReports::keysets);
    }

    @Command(
            name = "limit",
            mixinStandardHelpOptions = true,
            description = "Limit what may be owed in a unit; quotes beyond it wait at the pool.")
    int limit(
            @Mixin Access access,
            @Option(names = "--unit", defaultValue = "hash", description = "Default: ${DEFAULT-VALUE}.") String unit,
            @Option(names = "--to", paramLabel = "AMOUNT|none", required = true, description = "The most, or none.")
                    String limit) {
        ObjectNode order = ManagementPort.object().put("unit", unit);
        if (limit.equals("none")) {
            order.putNull("limit");
        } else {
            order.put("limit", limit);
        }
        return show(access, connect(access).post("/api/v1/limit", order), MintReports::limited);
    }

    @Command(
            name = "stop-quoting",
            mixinStandardHelpOptions = true,
            description = "Make no more quotes; mining goes on, and its credits wait at the pool.")
    int stopQuoting(
            @Mixin Access access,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "For the log.")
                    String reason) {
        ObjectNode order = ManagementPort.object().put("reason", reason);
        return show(access, connect(access).post("/api/v1/quoting/stop", order), MintReports::status);
    }

    @Command(name = "resume-quoting", mixinStandardHelpOptions = true, description = "Make quotes again.")
    int resumeQuoting(@Mixin Access access) {
        return show(
                access, connect(access).post("/api/v1/quoting/resume", ManagementPort.object()), MintReports::status);
    }

    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description = "After a restore that may have lost commits: retire all keysets, write again, and state what"
                    + " may be lost.")
    int retire(@Mixin Access access) {
        return show(access, connect(access).post("/api/v1/retire", ManagementPort.object()), MintReports::retired);
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "After a move or promotion that lost nothing: write again with the same keysets.")
    int release(
            @Mixin Access access,
            @Option(names = "--nothing-was-lost", required = true, description = "You know it.") boolean nothingLost) {
        ObjectNode order = ManagementPort.object().put("nothing_was_lost", nothingLost);
        return show(access, connect(access).post("/api/v1/release", order), MintReports::status);
    }

    private ManagementPort connect(Access access) {
        return ManagementAccess.connect(
                spec.commandLine(),
                "mint",
                access.url,
                access.tokenFile,
                TOKEN_VARIABLE,
                environment,
                ManagementAccess.Options.USUAL);
    }

    private int show(Access access, JsonNode answer, BiConsumer<MintReports, JsonNode> report) {
        var out = spec.commandLine().getOut();
        if (access.json) {
            out.println(answer.toPrettyString());
        } else {
            report.accept(new MintReports(out), answer);
        }
        out.flush();
        return 0;
    }
}
