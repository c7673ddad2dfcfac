package org.ehashpool.mint.core;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.store.MintSchema;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Step;

/** A process that does one operation and dies at one of its steps, as by {@code kill -9}: no hook, no rollback. */
final class CrashingMint {

    private CrashingMint() {}

    /** Reads the login, the step and the request from its input, a line each. */
    public static void main(String[] arguments) throws Exception {
        try (Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            PostgresLogin login = new PostgresLogin(input.nextLine(), input.nextLine(), input.nextLine());
            Step fatal = Step.valueOf(input.nextLine());
            String operation = input.nextLine();
            PostgresConfig config = TestServer.config(login);
            Database database = Database.open(config, MintSchema.SCHEMA, new SimpleMeterRegistry(), new SecureRandom());
            Mint mint = Mint.open(
                    database,
                    new SeedKeys(MintScenario.SEED),
                    MintProfile.EHASH,
                    new Mint.Surroundings(
                            Limits.DEFAULT,
                            16,
                            1,
                            new TestClock(),
                            System::nanoTime,
                            new SecureRandom(),
                            (kind, step) -> {
                                if (step == fatal) {
                                    Runtime.getRuntime().halt(137);
                                }
                            }));
            System.out.println(
                    operation.equals("swap")
                            ? MintScenario.await(mint.swap(Requests.readSwap(input)))
                            : MintScenario.await(mint.mint(Requests.readIssue(input))));
        }
        // Not reached: every step is reached on the way.
        System.exit(1);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Requests as lines of text. */
    static final class Requests {

        private Requests() {}

        static String write(SwapRequest request) {
            StringBuilder text = new StringBuilder();
            text.append(request.inputs().size()).append('\n');
            for (Proof proof : request.inputs()) {
                text.append(proof.amount()).append(' ');
                text.append(proof.keysetId()).append(' ');
                text.append(proof.secret()).append(' ');
                text.append(proof.point().toString()).append('\n');
            }
            return text + write(request.outputs());
        }

        static String write(IssueRequest request) {
            IssueRequest.Part part = request.parts().getFirst();
            return part.quote() + "\n" + part.signature().orElseThrow() + "\n" + write(request.outputs());
        }

        private static String write(List<BlindedMessage> outputs) {
            StringBuilder text = new StringBuilder();
            text.append(outputs.size()).append('\n');
            for (BlindedMessage output : outputs) {
                text.append(output.amount()).append(' ');
                text.append(output.keysetId()).append(' ');
                text.append(output.point().toString()).append('\n');
            }
            return text.toString();
        }

        static SwapRequest readSwap(Scanner input) {
            int count = Integer.parseInt(input.nextLine());
            List<Proof> inputs = java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> input.nextLine().split(" "))
                    .map(fields -> new Proof(Amount.parse(fields[0]), keyset(fields[1]), fields[2], point(fields[3])))
                    .toList();
            return new SwapRequest(inputs, readOutputs(input));
        }

        static IssueRequest readIssue(Scanner input) {
            UUID quote = UUID.fromString(input.nextLine());
            String signature = input.nextLine();
            return IssueRequest.single("ehash", quote, readOutputs(input), Optional.of(signature));
        }

        private static List<BlindedMessage> readOutputs(Scanner input) {
            int count = Integer.parseInt(input.nextLine());
            return java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> input.nextLine().split(" "))
                    .map(fields -> new BlindedMessage(Amount.parse(fields[0]), keyset(fields[1]), point(fields[2])))
                    .toList();
        }

        private static KeysetId keyset(String hex) {
            return KeysetId.of(HexFormat.of().parseHex(hex));
        }

        private static PublicKey point(String hex) {
            return PublicKey.of(HexFormat.of().parseHex(hex));
        }
    }
}
