package org.ehashpool.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WalletComparisonTest {
    private static final long AT = 1_000;
    private static final String LARGEST = "18446744073709551615";

    private final Map<ShareHash, WalletClaim> now = new HashMap<>();
    private Map<String, BigInteger> restored = Map.of();

    private WalletComparison run(List<WalletClaim> claims, List<MintQuote> quotes) {
        WalletComparison comparison =
                new WalletComparison(Set.of("ours"), claims.iterator(), hash -> Optional.ofNullable(now.get(hash)), AT);
        quotes.forEach(comparison::accept);
        comparison.finish(restored);
        return comparison;
    }

    private static void assertNamed(WalletComparison comparison, String... kinds) {
        assertThat(comparison.differences()).extracting(Difference::kind).containsExactly(kinds);
        assertThat(comparison.differing()).isEqualTo(kinds.length);
    }

    @Test
    void shouldAgreeWhenWhatWasIssuedIsClaimed() {
        WalletComparison comparison = run(
                List.of(claim(1, LARGEST), claim(3, "0"), claim(4, LARGEST)),
                List.of(
                        quote(1, "ours", LARGEST),
                        quote(2, "other", "7"),
                        quote(3, "ours", "0"),
                        quote(4, "ours", LARGEST)));

        assertNamed(comparison);
        assertThat(comparison.matched()).isEqualTo(3);
        WalletComparison.Totals totals =
                Objects.requireNonNull(comparison.byKey().get("ours hash"));
        assertThat(totals.issued()).isEqualTo("36893488147419103230");
        assertThat(totals.claimed()).isEqualTo(totals.issued());
    }

    @Test
    void shouldNameEachQuoteThatTheWalletClaimsMoreOfThanWasIssued() {
        assertNamed(
                run(List.of(claim(1, "8"), claim(2, "5")), List.of(quote(1, "ours", "4"), quote(2, "ours", "9"))),
                "wallet-claims-more",
                "wallet-claims-less");
    }

    @Test
    void shouldNameAClaimOfAQuoteThatTheMintDoesNotKnow() {
        assertNamed(
                run(List.of(claim(1, "8"), claim(3, "0"), claim(4, "1")), List.of(quote(2, "other", "4"))),
                "wallet-quote-unknown",
                "wallet-quote-unknown");
    }

    @Test
    void shouldNameAQuoteThatTheWalletKnowsAsAnother() {
        MintQuote another = new MintQuote(hash(1), "q1", 1, "hash", "other", "8", "8", 0);
        assertNamed(run(List.of(claim(1, "8")), List.of(another)), "wallet-quote-differs");
    }

    @Test
    void shouldNotNameWhatTheWalletHasClaimedOrBegunSinceItWasRead() {
        now.put(hash(1), claim(1, "8"));
        now.put(hash(2), new WalletClaim(hash(2), "q2", "hash", "ours", BigInteger.ZERO, true));
        MintQuote newer = new MintQuote(hash(3), "q3", 1, "hash", "ours", "8", "8", AT + 1);

        WalletComparison comparison =
                run(List.of(claim(1, "0")), List.of(quote(1, "ours", "8"), quote(2, "ours", "8"), newer));

        assertNamed(comparison);
        assertThat(comparison.matched()).isEqualTo(1);
        assertThat(comparison.underWay()).isEqualTo(1);
        assertThat(comparison.later()).isEqualTo(1);
    }

    @Test
    void shouldTakeWhatCameBackWithTheSeedForWhatHasNoClaimAndNoMore() {
        restored = Map.of("hash", BigInteger.valueOf(8));
        List<MintQuote> issued = List.of(quote(1, "ours", "4"), quote(2, "ours", "4"));

        WalletComparison comparison = run(List.of(), issued);
        assertNamed(comparison);
        assertThat(comparison.unclaimed("hash")).isEqualTo(8);

        restored = Map.of("hash", BigInteger.valueOf(7), "sat", BigInteger.TEN);
        assertNamed(run(List.of(), issued), "wallet-claims-less", "wallet-claims-less");
    }

    @Test
    void shouldRefuseClaimsThatAreOutOfOrder() {
        assertThatThrownBy(() -> run(List.of(claim(2, "1"), claim(1, "1")), List.of(quote(9, "ours", "0"))))
                .hasMessageContaining("out of order");
    }

    /** In the order of their bytes as computed, which is that of the numbers. */
    private static ShareHash hash(int number) {
        return new ShareHash("00".repeat(31) + "%02x".formatted(number));
    }

    private static WalletClaim claim(int number, String claimed) {
        return new WalletClaim(hash(number), "q" + number, "hash", "ours", new BigInteger(claimed), false);
    }

    private static MintQuote quote(int number, String key, String issued) {
        return new MintQuote(hash(number), "q" + number, 1, "hash", key, issued, issued, 0);
    }
}
