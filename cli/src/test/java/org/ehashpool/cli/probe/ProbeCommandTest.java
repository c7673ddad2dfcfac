package org.ehashpool.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ProbeCommandTest {
    /** The key of the specification's §4.7.1. */
    private static final String KEY = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    private final StringWriter output = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "stratum+tcp://127.0.0.1:1/K scheme",
                "127.0.0.1:1 scheme",
                "stratum2+tcp://127.0.0.1:1/9bXiEd8 authority",
                "stratum2+tcp://127.0.0.1/K port"
            })
    void shouldNameThePartWhenTheAddressIsWrong(String address, String part) {
        assertThat(run(address)).isEqualTo(2);

        assertThat(output.toString()).contains(part);
    }

    @Test
    void shouldRefuseValuesThatNoFieldHolds() {
        String address = "stratum2+tcp://127.0.0.1:1/" + KEY;

        assertThat(run(address, "--flags", "0x100000000")).isEqualTo(2);
        assertThat(run(address, "--echo", "16777216")).isEqualTo(2);
        assertThat(run(address, "--extensions", "0x8000")).isEqualTo(2);
        assertThat(run(address, "--protocol", "gold")).isEqualTo(2);

        assertThat(output.toString())
                .contains("--flags: 32 bits")
                .contains("--echo")
                .contains("--extensions")
                .contains("mint-quote, not gold");
    }

    @Test
    void shouldSayWhyWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }

        assertThat(run("stratum2+tcp://127.0.0.1:" + port + "/" + KEY, "--timeout", "5", "--json"))
                .isEqualTo(1);

        assertThat(output.toString()).contains("\"result\":\"failed\"").contains("\"reason\":\"connection_lost\"");
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        return new CommandLine(new ProbeCommand()).setOut(writer).setErr(writer).execute(arguments);
    }
}
