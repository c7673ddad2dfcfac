package org.ehashpool.statistics.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointPolicyTest {
    private static final String PAGE = "/health/live";
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.7");

    private final EndpointPolicy policy = new EndpointPolicy(List.of("pool.example"));

    @Test
    void shouldAllowTheSendersOwnAddressAndHostsOfTheOperator() {
        assertThat(policy.allowed("http://192.0.2.7:9108/health/live", PAGE, PEER))
                .contains("http://192.0.2.7:9108/health/live");
        assertThat(policy.allowed("https://Pool.example/stats/health/live", PAGE, PEER))
                .contains("https://Pool.example/stats/health/live");
        assertThat(policy.allowed("http://localhost:9108/health/live", PAGE, LOOPBACK))
                .contains("http://127.0.0.1:9108/health/live");
    }

    @Test
    void shouldAskAtTheSendersAddressWhenItListensEverywhere() {
        assertThat(policy.allowed("http://0.0.0.0:9108/health/live", PAGE, PEER))
                .contains("http://192.0.2.7:9108/health/live");
    }

    @Test
    void shouldNotBeUsedToReachOthers() {
        for (String url : List.of(
                "http://127.0.0.1:9108/health/live",
                "http://localhost/health/live",
                "http://192.0.2.8/health/live",
                "http://169.254.169.254/health/live",
                "http://intern.example/health/live",
                "http://192.0.2.7@127.0.0.1/health/live",
                "http://192.0.2.7/admin/shutdown",
                "http://192.0.2.7/admin?x=/health/live",
                "http://192.0.2.7/admin#/health/live",
                "ftp://192.0.2.7/health/live",
                "file:///health/live",
                "not a url")) {
            assertThat(policy.allowed(url, PAGE, PEER)).as(url).isEmpty();
        }
    }
}
