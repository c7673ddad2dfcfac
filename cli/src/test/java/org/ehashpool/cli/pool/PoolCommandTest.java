package org.ehashpool.cli.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class PoolCommandTest {
    private final StringWriter output = new StringWriter();
    private final List<String> requests = new ArrayList<>();
    private String answer = "{}";
    private int status = 200;
    private HttpServer pool;

    @BeforeEach
    void start() throws IOException {
        pool = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        pool.createContext("/", this::serve);
        pool.start();
    }

    @AfterEach
    void stop() {
        pool.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void shouldTakeOrdersFromALostMintWhenTold() {
        answer = "{\"id\":1,\"orders\":12,\"amount\":\"18446744073709551616\"}";
        assertThat(run("reassign", "--mint", "02ab", "--reason", "its disk is gone"))
                .isZero();
        assertThat(requests)
                .containsExactly("POST /api/v1/outbox/reassign {\"mint\":\"02ab\",\"reason\":\"its disk is gone\"}"
                        + " Bearer token");
        assertThat(output.toString()).contains("12 orders taken from the mint, amount 18446744073709551616");
    }

    @Test
    void shouldAskAgainSinceATimeWhenTold() {
        answer = "{\"id\":1,\"orders\":3,\"amount\":\"5\"}";
        assertThat(run("resend", "--mint", "02ab", "--reason", "restored", "--since", "2030-01-01T00:00:00Z"))
                .isZero();
        assertThat(requests.getFirst()).contains("\"since\":\"2030-01-01T00:00:00Z\"");
        assertThat(run("resend", "--mint", "02ab", "--reason", "restored", "--since", "yesterday"))
                .isEqualTo(2);
    }

    @Test
    void shouldSayWhatThePoolSaysWhenItRefuses() {
        status = 409;
        answer = "{\"error\":{\"code\":\"mint-is-pinned\",\"message\":\"The pool still knows this mint.\"}}";
        assertThat(run("reassign", "--mint", "02ab", "--reason", "x")).isEqualTo(1);
    }

    @Test
    void shouldShowWhatWaits() {
        answer = """
                {"shares_waiting":7,"unbound_shares":5,"oldest_age_ms":61000,"full":false,
                "mints":[{"public_key":"ab","orders":1,"shares":2,"amount":"9","refused":0}]}""";
        assertThat(run("outbox")).isZero();
        assertThat(output.toString())
                .contains("7 shares wait for a quote, 5 of them without a mint; the oldest for 61 s")
                .contains("ab  1 orders, 2 shares, amount 9, 0 refused");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add("http://127.0.0.1:" + pool.getAddress().getPort());
        return new CommandLine(new PoolCommand(Map.of("EHASH_POOL_TOKEN", "token")))
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(all.toArray(String[]::new));
    }
}
