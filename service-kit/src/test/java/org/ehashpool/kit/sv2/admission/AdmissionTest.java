package org.ehashpool.kit.sv2.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.sv2.link.CloseReason.CONNECT_RATE;
import static org.ehashpool.kit.sv2.link.CloseReason.HANDSHAKES_BUSY;
import static org.ehashpool.kit.sv2.link.CloseReason.TOO_MANY_FROM_ADDRESS;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.admission.Admission.Slot;
import org.ehashpool.kit.sv2.link.PartialBudget;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

    private static final InetAddress ALICE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress BOB = InetAddress.ofLiteral("192.0.2.2");
    private static final AdmissionSettings WIDE = new AdmissionSettings(100, 100, 1_000, 1_000, 100, 100, 1_000, 600);

    private long now = Long.MAX_VALUE - 5; // the monotonic clock may wrap

    @Test
    void shouldTurnAwayWhenFullAndTakeAgainWhenOneLeft() {
        Admission admission = new Admission(WIDE.withConnections(2, 2));
        Slot first = admission.open().orElseThrow();
        assertThat(admission.open()).isPresent();
        assertThat(admission.open()).isEmpty();
        first.close();
        first.close();
        assertThat(admission.connections()).isEqualTo(1);
        assertThat(admission.open()).isPresent();
    }

    @Test
    void shouldShareThePartialBytesOfPortAndAddress() {
        Admission admission = new Admission(WIDE);
        PartialBudget alice = claimed(admission, ALICE).partials();
        PartialBudget again = claimed(admission, ALICE).partials();
        PartialBudget bob = claimed(admission, BOB).partials();
        assertThat(alice.reserve(400)).isTrue();
        assertThat(again.reserve(201)).isFalse();
        assertThat(again.reserve(200)).isTrue();
        assertThat(bob.reserve(401)).isFalse();
        assertThat(bob.reserve(400)).isTrue();
        assertThat(admission.partialBytes()).isEqualTo(1_000);
        alice.release(400);
        assertThat(bob.reserve(200)).isTrue();
        assertThat(again.reserve(200)).isTrue();
        again.release(400);
        bob.release(600);
        assertThat(admission.partialBytes()).isZero();
    }

    @Test
    void shouldCountAddressesApartWhenQuotaIsPerAddress() {
        Admission admission = new Admission(WIDE.withConnections(100, 1));
        Slot alice = claimed(admission, ALICE);
        Slot again = admission.open().orElseThrow();
        assertThat(again.claim(ALICE, now)).contains(TOO_MANY_FROM_ADDRESS);
        again.close();
        claimed(admission, BOB);
        alice.close();
        claimed(admission, ALICE);
    }

    @Test
    void shouldCountIpv6SubnetsAsOneAddressWhenClaimed() {
        Admission admission = new Admission(WIDE.withConnections(100, 1));
        claimed(admission, InetAddress.ofLiteral("2001:db8:0:1::1"));
        Slot sibling = admission.open().orElseThrow();
        assertThat(sibling.claim(InetAddress.ofLiteral("2001:db8:0:1:ffff::2"), now))
                .contains(TOO_MANY_FROM_ADDRESS);
        claimed(admission, InetAddress.ofLiteral("2001:db8:0:2::1"));
    }

    @Test
    void shouldLimitConnectRateOfOneAddressWhenBurstIsSpent() {
        Admission admission = new Admission(WIDE.withConnectRate(10, 3));
        for (int i = 0; i < 3; i++) {
            claimed(admission, ALICE).close();
        }
        Slot fourth = admission.open().orElseThrow();
        assertThat(fourth.claim(ALICE, now)).contains(CONNECT_RATE);
        fourth.close();
        claimed(admission, BOB).close();
        now += TimeUnit.MILLISECONDS.toNanos(100);
        claimed(admission, ALICE).close();
        Slot tooSoon = admission.open().orElseThrow();
        assertThat(tooSoon.claim(ALICE, now)).contains(CONNECT_RATE);
    }

    @Test
    void shouldKeepRoomForOthersWhenOneAddressFloodsHandshakes() {
        Admission admission = new Admission(WIDE.withHandshakes(4, 2));
        Slot first = claimed(admission, ALICE);
        assertThat(first.beginHandshake()).isEmpty();
        assertThat(claimed(admission, ALICE).beginHandshake()).isEmpty();
        assertThat(claimed(admission, ALICE).beginHandshake()).contains(HANDSHAKES_BUSY);
        assertThat(claimed(admission, BOB).beginHandshake()).isEmpty();
        first.endHandshake();
        first.endHandshake();
        assertThat(admission.handshakes()).isEqualTo(2);
        Slot unfinished = claimed(admission, ALICE);
        assertThat(unfinished.beginHandshake()).isEmpty();
        unfinished.close();
        assertThat(admission.handshakes()).isEqualTo(2);
    }

    @Test
    void shouldForgetAddressesWhenTheyAreGoneAndTheirRateRecovered() {
        Admission admission = new Admission(WIDE.withConnections(10, 10));
        for (int i = 0; i < 100_000; i++) {
            byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            Slot slot = admission.open().orElseThrow();
            assertThat(slot.claim(byAddress(address), now)).isEmpty();
            slot.close();
            now += TimeUnit.MILLISECONDS.toNanos(10);
        }
        assertThat(admission.addressesRemembered()).isLessThan(2_048);
    }

    private Slot claimed(Admission admission, InetAddress address) {
        Slot slot = admission.open().orElseThrow();
        assertThat(slot.claim(address, now)).isEmpty();
        return slot;
    }

    private static InetAddress byAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
