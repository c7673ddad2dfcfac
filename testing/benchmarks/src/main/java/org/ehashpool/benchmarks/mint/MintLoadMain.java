package org.ehashpool.benchmarks.mint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.KeyMessages.PublishedKeys;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.cashu.json.SwapMessages.SwapRequest;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.proof.Proof;

/**
 * {@code ./ehash bench mint}: mints quotes and swaps what they gave, at a mint of any make. Outputs are blinded before and
 * proofs unblinded after what is measured; what the load itself takes of the machine is printed beside.
 */
public final class MintLoadMain {
    private static final int USAGE_ERROR = 2;
    private static final int LONGEST_ID = 255;
    private static final long PAYMENT_PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final LoadOptions options;
    private final LoadClient client;

    private MintLoadMain(LoadOptions options, LoadClient client) {
        this.options = options;
        this.client = client;
    }

    /** Exit status: 0 when all was answered, 1 when not, 2 for a command line that is not understood. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(LoadOptions.USAGE);
            return;
        }
        LoadOptions options;
        try {
            options = LoadOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench mint: " + e.getMessage());
            System.err.print(LoadOptions.USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        try (LoadClient client = new LoadClient(options.mint())) {
            new MintLoadMain(options, client).run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            System.err.println("bench mint: " + e.getCause());
            System.exit(1);
        }
    }

    private void run(PrintStream out) throws IOException, InterruptedException, ExecutionException {
        LoadWallet wallet = new LoadWallet(activeKeyset());
        int count = options.operations();
        String[] quotes = new String[count];
        print(out, measure("create quotes", i -> quotes[i] = createQuote()));
        awaitPaid(quotes);

        List<LoadWallet.Outputs> outputs = IntStream.range(0, count)
                .mapToObj(i -> wallet.outputs(options.amount()))
                .toList();
        SignaturesAnswer[] minted = new SignaturesAnswer[count];
        print(
                out,
                measure(
                        "mint",
                        i -> minted[i] = SignaturesAnswer.read(
                                client.post("/v1/mint/bolt11", LoadWallet.minting(quotes[i], outputs.get(i))))));

        List<SwapRequest> swaps = IntStream.range(0, count)
                .mapToObj(i -> {
                    List<Proof> proofs = wallet.proofs(outputs.get(i), minted[i].signatures());
                    return wallet.swap(proofs);
                })
                .toList();
        print(out, measure("swap", i -> SignaturesAnswer.read(client.post("/v1/swap", swaps.get(i)))));
        out.printf(
                Locale.ROOT,
                "fdatasync of one page after the other: %,.0f/s%n",
                DurableWrites.perSecond(options.disk()));
    }

    private interface Step {
        void run(int number) throws IOException, InterruptedException;
    }

    private record Measured(LoadPhase phase, double ownProcessors) {}

    private Measured measure(String name, Step step) throws InterruptedException, ExecutionException {
        long before = processorNanos();
        LoadPhase phase = LoadPhase.run(name, options.operations(), options.concurrency(), i -> () -> {
            step.run(i);
            return null;
        });
        return new Measured(phase, (processorNanos() - before) / (double) phase.nanos());
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the platform does not tell processor time"))
                .toNanos();
    }

    private static void print(PrintStream out, Measured measured) {
        LoadPhase phase = measured.phase();
        out.printf(
                Locale.ROOT,
                "%-14s %,9.0f/s  p50 %6.1f ms  p99 %6.1f ms  (%,d; the load itself took %.2f processors)%n",
                phase.name(),
                phase.perSecond(),
                phase.percentile(50),
                phase.percentile(99),
                phase.count(),
                measured.ownProcessors());
    }

    private Keyset activeKeyset() throws IOException, InterruptedException {
        return KeysAnswer.read(client.get("/v1/keys")).keysets().stream()
                .filter(PublishedKeys::active)
                .map(PublishedKeys::keyset)
                .filter(keyset -> keyset.unit().equals(options.unit()))
                .findFirst()
                .orElseThrow(() -> new IOException("the mint signs nothing in " + options.unit()));
    }

    private String createQuote() throws IOException, InterruptedException {
        String order = JsonText.write(JsonNodeFactory.instance
                .objectNode()
                .put("amount", options.amount().toLong())
                .put("unit", options.unit()));
        return client.post("/v1/mint/quote/bolt11", order).member("quote").text(LONGEST_ID);
    }

    private void awaitPaid(String[] quotes) throws IOException, InterruptedException {
        long end = System.nanoTime() + PAYMENT_PATIENCE;
        for (String quote : quotes) {
            while (!client.get("/v1/mint/quote/bolt11/" + quote)
                    .member("state")
                    .text(LONGEST_ID)
                    .equals("PAID")) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("quotes are not paid by themselves");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
