package org.ehashpool.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.junit.jupiter.api.Test;

final class RequestRatesTest {

    private static final AddressGroup ONE = group("192.0.2.1");
    private static final AddressGroup OTHER = group("192.0.2.2");

    private long now = -5;

    @Test
    void shouldAllowTheBurstAndThenTheRateWhenOneAddressAsks() {
        RequestRates rates = new RequestRates(10, 3, () -> now);

        for (int i = 0; i < 3; i++) {
            assertThat(rates.take(ONE, 1)).isTrue();
        }
        assertThat(rates.take(ONE, 1)).isFalse();
        assertThat(rates.take(OTHER, 1)).isTrue();
        advance(99);
        assertThat(rates.take(ONE, 1)).isFalse();
        advance(1);
        assertThat(rates.take(ONE, 1)).isTrue();
        assertThat(rates.take(ONE, 1)).isFalse();
    }

    @Test
    void shouldWaitForLongerWhenARequestWasLarge() {
        RequestRates rates = new RequestRates(10, 3, () -> now);

        assertThat(rates.take(ONE, 23)).isTrue();
        advance(2_000);
        assertThat(rates.take(ONE, 1)).isFalse();
        advance(100);
        assertThat(rates.take(ONE, 1)).isTrue();
    }

    @Test
    void shouldCountAnIpv6NetworkAsOneAddress() {
        RequestRates rates = new RequestRates(1, 1, () -> now);

        assertThat(rates.take(group("2001:db8::1"), 1)).isTrue();
        assertThat(rates.take(group("2001:db8::2:3:4:5"), 1)).isFalse();
        assertThat(rates.take(group("2001:db8:0:1::1"), 1)).isTrue();
    }

    @Test
    void shouldRememberABoundedNumberWhenManyAddressesAsk() {
        RequestRates rates = new RequestRates(1, 2, () -> now, 100);

        for (int i = 0; i < 1_000; i++) {
            rates.take(new AddressGroup(false, i), 1);
        }

        assertThat(rates.remembered()).isEqualTo(100);
        assertThat(rates.take(new AddressGroup(false, 5_000), 1))
                .as("newcomers share one allowance")
                .isFalse();
        assertThat(rates.take(new AddressGroup(false, 7), 1))
                .as("those known keep theirs")
                .isTrue();
        advance(3_000);
        assertThat(rates.take(new AddressGroup(false, 5_000), 1)).isTrue();
        assertThat(rates.remembered()).isEqualTo(1);
    }

    private void advance(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static AddressGroup group(String address) {
        return AddressGroup.of(InetAddress.ofLiteral(address));
    }
}
