package org.ehashpool.benchmarks.quotes;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.ehashpool.benchmarks.ledger.OpenLedger;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** Credits in a pool's ledger, as a node has left them that is gone when the next one starts. */
record WaitingCredits(PostgresLogin login, int keys) {
    private static final int SHARES_PER_SECOND = 10_000;
    private static final int BATCH = 4_096;

    /** Adds so many. */
    void add(int count) throws Exception {
        PayTerms terms = new PayTerms(new PayPolicy.Work(BigInteger.TWO.pow(32)), 0, Duration.ofDays(30));
        try (OpenLedger ledger =
                new OpenLedger(PostgresConfig.embeddedIn(Path.of("unused")).at(login), "filling", terms)) {
            for (int from = 0; from < count; from += BATCH) {
                ledger.commit(credits(from, Math.min(BATCH, count - from)));
            }
        }
    }

    /** Whose credits they are. */
    static List<SecretKey> secretKeys(int keys) {
        return IntStream.range(0, keys).mapToObj(WaitingCredits::secretKey).toList();
    }

    private static SecretKey secretKey(int number) {
        return SecretKey.parse("%064x".formatted(1 + number));
    }

    private List<ShareCredit> credits(int from, int count) {
        Random random = new Random(from);
        List<ShareCredit> credits = new ArrayList<>(count);
        byte[] hash = new byte[U256.LENGTH];
        for (int i = 0; i < count; i++) {
            random.nextBytes(hash);
            SecretKey key = secretKey((from + i) % keys);
            credits.add(new ShareCredit(
                    "boot",
                    1,
                    1,
                    from + i + 1L,
                    U256.fromLittleEndian(hash, 0),
                    U256.of(1),
                    1_700_000_000L + from / SHARES_PER_SECOND,
                    // Two units each.
                    Target.of(U256.of(BigInteger.TWO.pow(223))),
                    Text.of("user"),
                    Optional.empty(),
                    Optional.of(Bytes.of(key.publicKey().toBytes())),
                    true,
                    1_700_000_000_000L + from + i));
        }
        return credits;
    }
}
