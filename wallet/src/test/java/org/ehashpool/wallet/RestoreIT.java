package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.junit.jupiter.api.Test;

final class RestoreIT extends WalletScenario {

    @Test
    void shouldHaveTheSameBalanceWhenOnlyTheSeedIsLeft() throws Exception {
        quote(1000);
        claim();
        mint().rotate(0);
        quote(77);
        claim();
        wallet().receive(token(send(100)));
        BigInteger before = unspent();
        assertUnspent(1077);
        emptyDatabase();
        reopen();
        assertUnspent(0);
        assertThat(wallet().restore(mint().url()).restored()).isEqualTo(before);
        assertThat(unspent()).isEqualTo(before);
        assertThat(wallet().restore(mint().url()).restored()).isZero();
        assertNothingLost();
        // No counter is used twice: the mint would refuse its outputs.
        quote(3);
        claim();
        assertUnspent(1080);
    }

    @Test
    void shouldClaimQuotesOfKeysThatOnlyTheSeedKnows() throws Exception {
        PublicKey first = wallet().lockingKey();
        for (int day = 1; day <= 3; day++) {
            ahead.set(Duration.ofHours(25L * day));
            reopen();
        }
        PublicKey fourth = wallet().lockingKey();
        ahead.set(Duration.ZERO);
        mint().quote(first, Amount.of(5));
        mint().quote(fourth, Amount.of(6));
        emptyDatabase();
        reopen();
        wallet().restore(mint().url());
        assertThat(wallet().lockingKey()).isEqualTo(fourth);
        assertThat(claim()).isEqualTo(2);
        assertUnspent(11);
    }
}
