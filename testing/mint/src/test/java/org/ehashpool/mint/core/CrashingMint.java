package org.ehashpool.mint.core;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.MeltMessages;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.SwapMessages;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.payment.MeltRequest;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Step;

/** A process that does operations, all at once, and stands still at one of their steps until it is killed. */
final class CrashingMint {

    /** What it prints, in a line of its own, for each operation that has come to the step. */
    static final String REACHED = "reached";

    private static final int LONGEST_REQUEST = 1 << 20;

    private CrashingMint() {}

    /** Reads the login, the profile, the step and the requests from its input, a line each. */
    public static void main(String[] arguments) throws Exception {
        List<Future<?>> operations = new ArrayList<>();
        try (Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            PostgresLogin login = new PostgresLogin(input.nextLine(), input.nextLine(), input.nextLine());
            MintProfile profile = MintProfile.valueOf(input.nextLine());
            Mint mint = open(login, profile, Step.valueOf(input.nextLine()));
            while (input.hasNextLine()) {
                operations.add(Requests.perform(mint, input.nextLine()));
            }
        }
        for (Future<?> operation : operations) {
            // No operation gets past the step.
            System.out.println(MintScenario.await(operation));
        }
        System.exit(1);
    }

    private static Mint open(PostgresLogin login, MintProfile profile, Step last) {
        Database database = Database.open(
                TestServer.config(login), MintSchema.SCHEMA, new SimpleMeterRegistry(), new SecureRandom());
        return Mint.open(
                database,
                new SeedKeys(MintScenario.SEED),
                profile,
                new Mint.Surroundings(
                        Limits.DEFAULT,
                        16,
                        1,
                        new TestClock(),
                        System::nanoTime,
                        new SecureRandom(),
                        (operations, step) -> {
                            if (step == last) {
                                operations.forEach(operation -> System.out.println(REACHED));
                                while (true) {
                                    LockSupport.park();
                                }
                            }
                        }));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Requests as lines of text. */
    static final class Requests {

        private Requests() {}

        static String write(SwapRequest request) {
            return "swap " + text(new SwapMessages.SwapRequest(request.inputs(), request.outputs()));
        }

        static String write(MeltRequest request) {
            return "melt "
                    + text(new MeltMessages.MeltRequest(
                            request.quote().toString(), request.inputs(), request.outputs()));
        }

        static String write(IssueRequest request) {
            List<String> quotes = request.parts().stream()
                    .map(part -> part.quote().toString())
                    .toList();
            List<Optional<String>> signatures =
                    request.parts().stream().map(IssueRequest.Part::signature).toList();
            return (request.batch() ? "batch " : "mint ")
                    + text(new BatchMintRequest(quotes, Optional.empty(), request.outputs(), Optional.of(signatures)));
        }

        private static String text(Message message) {
            return JsonText.write(message.toJson());
        }

        static Future<? extends Outcome<?>> perform(Mint mint, String line) {
            String[] parts = line.split(" ", 2);
            JsonValue body = JsonText.read(parts[1], LONGEST_REQUEST);
            return switch (parts[0]) {
                case "swap" -> {
                    var request = SwapMessages.SwapRequest.read(body);
                    yield mint.swap(new SwapRequest(request.inputs(), request.outputs()));
                }
                case "melt" -> {
                    var request = MeltMessages.MeltRequest.read(body);
                    yield mint.payments()
                            .orElseThrow()
                            .melt(new MeltRequest(
                                    UUID.fromString(request.quote()), request.inputs(), request.outputs()));
                }
                case "mint" -> mint.mint(issue(BatchMintRequest.read(body), false));
                case "batch" -> mint.mint(issue(BatchMintRequest.read(body), true));
                default -> throw new IllegalArgumentException(parts[0]);
            };
        }

        private static IssueRequest issue(BatchMintRequest request, boolean batch) {
            List<IssueRequest.Part> parts = new ArrayList<>();
            for (int i = 0; i < request.quotes().size(); i++) {
                parts.add(new IssueRequest.Part(
                        UUID.fromString(request.quotes().get(i)),
                        Optional.empty(),
                        request.signatures().orElseThrow().get(i)));
            }
            return new IssueRequest("ehash", parts, request.outputs(), batch);
        }
    }
}
