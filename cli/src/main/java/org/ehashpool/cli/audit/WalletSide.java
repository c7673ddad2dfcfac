package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.ehashpool.cli.management.ManagementPort;

/** The wallet that is audited: its claims as they were when this was opened, before anybody else was asked. */
final class WalletSide implements AutoCloseable {

    private final ClaimsFile file;
    private final BufferedReader reader;
    private final boolean temporary;
    private final WalletComparison comparison;

    private WalletSide(
            ClaimsFile file, String mint, boolean temporary, Function<ShareHash, Optional<WalletClaim>> again)
            throws IOException {
        this.file = file;
        this.temporary = temporary;
        reader = Files.newBufferedReader(file.file());
        comparison = new WalletComparison(file.keys(), ClaimsFile.claims(reader.lines(), mint), again, file.at());
    }

    /** A wallet's claims in a file. What it has claimed since is not known. */
    static WalletSide ofFile(Path file, String mint) throws IOException {
        return new WalletSide(ClaimsFile.open(file, mint), mint, false, hash -> Optional.empty());
    }

    /** The wallet of a running service. */
    static WalletSide ofService(ManagementPort service, String mint) throws IOException {
        Path spool = Files.createTempFile("ehash-audit", ".claims");
        try {
            try (Writer writer = Files.newBufferedWriter(spool)) {
                ClaimsFile.write(pages(service), writer);
            }
            return new WalletSide(ClaimsFile.open(spool, mint), mint, true, hash -> claim(service, mint, hash));
        } catch (IOException | RuntimeException e) {
            Files.delete(spool);
            throw e;
        }
    }

    private static ClaimsFile.Pages pages(ManagementPort service) {
        return new ClaimsFile.Pages() {
            @Override
            public JsonNode keys() {
                return service.get("/api/v1/wallet/audit/keys");
            }

            @Override
            public JsonNode claims(String mint, Optional<String> after) {
                return service.get("/api/v1/wallet/audit/claims?mint=" + mint
                        + after.map(hash -> "&after=" + hash).orElse(""));
            }
        };
    }

    private static Optional<WalletClaim> claim(ManagementPort service, String mint, ShareHash hash) {
        JsonNode answer = service.get("/api/v1/wallet/audit/claims?mint=" + mint + "&share_hash=" + hash.text());
        return Optional.ofNullable(answer.path("claims").get(0)).map(WalletClaim::read);
    }

    /** Lets the wallet see what the mint says, on its way to somebody else. */
    Iterator<MintQuote> watch(Iterator<MintQuote> quotes) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return quotes.hasNext();
            }

            @Override
            public MintQuote next() {
                MintQuote quote = quotes.next();
                comparison.accept(quote);
                return quote;
            }
        };
    }

    /** Ends the comparison: all quotes have gone by. */
    WalletComparison finish() {
        comparison.finish(file.restored());
        return comparison;
    }

    /** What was compared, per unit and key. */
    ObjectNode report() {
        ObjectNode report = ManagementPort.object()
                .put("quotes", comparison.matched())
                .put("under_way", comparison.underWay())
                .put("newer_than_the_claims", comparison.later());
        Map<String, BigInteger[]> units = new TreeMap<>();
        ArrayNode keys = report.putArray("keys");
        comparison.byKey().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    String[] name = entry.getKey().split(" ", 2);
                    WalletComparison.Totals totals = entry.getValue();
                    keys.addObject()
                            .put("key", name[0])
                            .put("unit", name[1])
                            .put("quotes", totals.quotes())
                            .put("paid", totals.paid().toString())
                            .put("issued", totals.issued().toString())
                            .put("claimed", totals.claimed().toString());
                    units.merge(
                            name[1],
                            new BigInteger[] {totals.paid(), totals.issued(), totals.claimed()},
                            (one, other) ->
                                    new BigInteger[] {one[0].add(other[0]), one[1].add(other[1]), one[2].add(other[2])
                                    });
                });
        ArrayNode sums = report.putArray("units");
        units.forEach((unit, sum) -> sums.addObject()
                .put("unit", unit)
                .put("paid", sum[0].toString())
                .put("issued", sum[1].toString())
                .put("claimed", sum[2].toString())
                .put("without_claim", comparison.unclaimed(unit).toString())
                .put(
                        "restored",
                        file.restored().getOrDefault(unit, BigInteger.ZERO).toString()));
        return report;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        if (temporary) {
            Files.delete(file.file());
        }
    }
}
