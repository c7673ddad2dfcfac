package org.ehashpool.conservation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.conservation.books.Claims;
import org.ehashpool.conservation.books.Differences;
import org.ehashpool.conservation.books.Orders;
import org.ehashpool.conservation.books.Rows;
import org.ehashpool.conservation.books.Shares;
import org.ehashpool.conservation.load.ShareLog;
import org.ehashpool.conservation.site.Program;
import org.ehashpool.conservation.site.Site;

/** What comes after the run: everybody claims what is theirs, and everything is compared. */
final class Settlement {
    private static final long GLANCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AUDIT_MINUTES = 5;

    private final Site site;
    private final List<SecretKey> secrets;
    private final List<String> keys;
    private final Path home;
    private final Path distribution;
    private final Consumer<String> say;

    Settlement(
            Site site, List<SecretKey> secrets, List<String> keys, Path home, Path distribution, Consumer<String> say) {
        this.site = site;
        this.secrets = List.copyOf(secrets);
        this.keys = List.copyOf(keys);
        this.home = home;
        this.distribution = distribution;
        this.say = say;
    }

    /**
     * Claims and compares.
     *
     * @param deadline for the claims
     * @return what was found, in words
     */
    List<String> compare(ShareLog log, Differences differences, Duration deadline)
            throws IOException, InterruptedException, SQLException {
        List<String> lines = new ArrayList<>();
        Rows pool = new Rows(site.login("pool"));
        Rows mint = new Rows(site.login("mint"));
        say.accept("comparing what miners saw with the ledger …");
        Shares shares = new Shares(keys);
        shares.saw(log, differences);
        shares.compare(pool, differences);
        lines.add(String.format(
                Locale.ROOT,
                "shares: %,d sent, %,d acknowledged, %,d credited; credited without an answer %,d, credited though"
                        + " refused or unconfirmed %,d",
                shares.sent(),
                shares.acknowledged(),
                shares.credited(),
                shares.creditedUnanswered(),
                shares.creditedRefused()));
        say.accept("claiming …");
        BigInteger wallets = claim(mint, differences, deadline, lines);
        Orders orders = new Orders(pool, mint);
        orders.compare(differences);
        BigInteger credited = pool.number("select coalesce(sum(amount), 0) from pool.share");
        lines.add(String.format(
                Locale.ROOT,
                "sums: credited %,d in %,d quotes, paid %,d, issued %,d, in wallets %,d",
                credited,
                orders.orders(),
                orders.paid(),
                orders.issued(),
                wallets));
        differences.unlessEqual("credited and paid", credited, orders.paid());
        differences.unlessEqual("paid and issued", orders.paid(), orders.issued());
        differences.unlessEqual("issued and in wallets", orders.issued(), wallets);
        lines.add("./ehash audit: " + audit(differences));
        return lines;
    }

    /** Until everything is issued, or it takes too long. Returns what all wallets have. */
    private BigInteger claim(Rows mint, Differences differences, Duration deadline, List<String> lines)
            throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        try (Claims claims =
                new Claims(site.login("wallet"), site.mintUrl(), site.mintKey(), secrets, new SecureRandom())) {
            int claimed = 0;
            String problem = "";
            BigInteger open = BigInteger.ONE;
            while (open.signum() != 0 && System.nanoTime() - began < deadline.toNanos()) {
                try {
                    claimed += claims.claim();
                } catch (IllegalStateException e) {
                    problem = " (" + e.getMessage() + ")";
                }
                open = mint.number("select count(*) from mint.mint_quote where amount_issued < amount_paid");
                LockSupport.parkNanos(GLANCE_NANOS);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            lines.add(String.format(
                    Locale.ROOT,
                    "claimed: %,d quotes of the miners' keys, all in %.0f s%s",
                    claimed,
                    seconds,
                    problem));
            if (open.signum() != 0) {
                differences.add("quotes that were not claimed in time", open + " of them");
            }
            differences.unlessEqual("operations of the miners' wallet without an answer", claims.open(), 0);
            return claims.balance().add(translatorsWallet(differences));
        }
    }

    private BigInteger translatorsWallet(Differences differences) throws IOException, InterruptedException {
        JsonNode wallet = site.program("translator").get("/api/v1/wallet");
        differences.unlessEqual(
                "operations of the translator's wallet without an answer",
                wallet.path("open_operations").asInt(-1),
                0);
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode balance : wallet.path("balances")) {
            sum = sum.add(new BigInteger(balance.path("unspent").asText()));
        }
        return sum;
    }

    private String audit(Differences differences) throws IOException, InterruptedException {
        Program pool = site.program("pool");
        Program mint = site.program("mint");
        List<String> command = new ArrayList<>(Program.command(distribution, "cli"));
        command.addAll(List.of(
                "audit", "--pool", pool.http().toString(), "--mint", mint.http().toString(), "--no-wallet"));
        Path output = home.resolve("logs").resolve("audit.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("EHASH_POOL_TOKEN", pool.token());
        builder.environment().put("EHASH_MINT_TOKEN", mint.token());
        builder.environment().put("EHASH_HOME", home.toString());
        Process audit = builder.start();
        if (!audit.waitFor(AUDIT_MINUTES, TimeUnit.MINUTES)) {
            audit.destroyForcibly().waitFor();
        }
        String said = Files.readString(output).strip();
        differences.unlessEqual("exit status of ./ehash audit, 0 expected", audit.exitValue(), 0);
        return "exit status " + audit.exitValue() + System.lineSeparator()
                + said.indent(4).stripTrailing();
    }
}
