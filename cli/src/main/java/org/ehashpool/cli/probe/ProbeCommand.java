package org.ehashpool.cli.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cli.probe.Prober.Finding;
import org.ehashpool.cli.probe.Prober.Question;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Protocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows what a Stratum V2 server is. Exit status: 0 it is set up as asked, 1 it is not, 2 wrong arguments. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = "Make the handshake with a Stratum V2 server and show what was negotiated.")
public final class ProbeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            description = "stratum2+tcp://HOST:PORT/AUTHORITY_PUBLIC_KEY, or HOST:PORT with --insecure-any-key.")
    private String address = "";

    @Option(
            names = "--protocol",
            defaultValue = "mining",
            converter = ProtocolConverter.class,
            description = "mining (default), job-declaration, template-distribution or mint-quote.")
    private Protocol protocol = Protocol.MINING;

    @Option(
            names = "--flags",
            defaultValue = "0",
            converter = NumberConverter.class,
            description = "SetupConnection.flags: decimal, or hexadecimal with 0x.")
    private long flags;

    @Option(
            names = "--extensions",
            split = ",",
            converter = NumberConverter.class,
            description = "Extensions to request, like 0x0002,0x4548.")
    private List<Long> extensions = List.of();

    @Option(
            names = "--echo",
            split = ",",
            paramLabel = "SIZE",
            description = "Send frames of these payload sizes that an echo endpoint sends back.")
    private List<Integer> echoes = List.of();

    @Option(names = "--insecure-any-key", description = "Accept any server's key and certificate: also an attacker's.")
    private boolean anyKey;

    @Option(
            names = "--timeout",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "Longest wait for the connection, and for each echo (default 10).")
    private int timeout;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        check(timeout >= 1 && timeout <= 3_600, "--timeout: 1 to 3600 seconds");
        check(echoes.stream().allMatch(size -> size >= 0 && size <= 0xff_ffff), "--echo: sizes of 0 to 16777215 bytes");
        check(flags <= 0xffff_ffffL, "--flags: 32 bits");
        check(extensions.stream().allMatch(type -> type >= 1 && type <= 0x7fff), "--extensions: 0x0001 to 0x7fff");
        Question question = new Question(
                protocol, flags, extensions.stream().map(Long::intValue).toList(), echoes);
        try (Prober prober = new Prober(new SecureRandom(), Duration.ofSeconds(timeout))) {
            Finding finding = anyKey ? probeAnyone(prober, question) : prober.probe(url(prober), question);
            Map<String, Object> report = report(finding);
            if (json) {
                spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report));
            } else {
                report.forEach((name, value) -> spec.commandLine().getOut().printf("%-22s %s%n", name, value));
            }
            return finding.good() ? 0 : 1;
        }
    }

    private Sv2Url url(Prober prober) {
        try {
            return Sv2Url.parse(address, prober.curve());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Finding probeAnyone(Prober prober, Question question) throws InterruptedException {
        HostPort hostPort;
        try {
            hostPort = HostPort.parse(address);
        } catch (IllegalArgumentException e) {
            throw usage(address + ": expected HOST:PORT: " + e.getMessage());
        }
        return prober.probeAnyone(hostPort.host(), hostPort.port(), question);
    }

    private Map<String, Object> report(Finding finding) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("address", address);
        switch (finding.outcome()) {
            case ConnectOutcome.Connected(var connection, var timings) -> {
                report.put("result", "connected");
                describe(connection.info(), report);
                report.put("tcp_ms", millis(timings.tcp()));
                report.put("noise_ms", millis(timings.noise()));
                report.put("setup_ms", millis(timings.setup()));
                report.put("total_ms", millis(timings.total()));
            }
            case ConnectOutcome.SetupRefused(long unsupported, String errorCode) -> {
                report.put("result", "refused");
                report.put("error_code", errorCode);
                report.put("unsupported_flags", hex(unsupported));
            }
            case ConnectOutcome.ExtensionsRefused(var missing, var demanded) -> {
                report.put("result", "extensions refused");
                report.put("missing", missing);
                report.put("demanded", demanded);
            }
            case ConnectOutcome.Failed(var reason, String detail) -> {
                report.put("result", "failed");
                report.put("reason", reason.label());
                report.put("detail", detail);
            }
        }
        List<String> echoed = new ArrayList<>();
        finding.echoes().forEach(echo -> echoed.add(echo.bytes() + " bytes in " + millis(echo.roundTrip()) + " ms"));
        if (!echoed.isEmpty()) {
            report.put("echoed", echoed);
        }
        if (finding.outcome() instanceof ConnectOutcome.Connected) {
            finding.failure().ifPresent(failure -> report.put("failure", failure));
        }
        return report;
    }

    private void describe(ConnectionInfo info, Map<String, Object> report) {
        report.put("authenticated", anyKey ? "no: any key was accepted (--insecure-any-key)" : "yes");
        report.put("protocol", info.protocol().title());
        report.put("version", info.version());
        report.put("server_flags", hex(info.serverFlags()));
        report.put(
                "extensions",
                info.extensions().toList().stream().map("0x%04x"::formatted).toList());
        info.server().ifPresent(server -> {
            report.put(
                    "certificate_from",
                    Instant.ofEpochSecond(server.certificate().validity().from())
                            .toString());
            report.put(
                    "certificate_until",
                    Instant.ofEpochSecond(server.certificate().validity().until())
                            .toString());
        });
        report.put("handshake_hash", info.handshakeHash().toHex());
    }

    private static String hex(long flags) {
        return "0x%08x".formatted(flags);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }

    private void check(boolean right, String expected) {
        if (!right) {
            throw usage(expected);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** A protocol by its kebab-case name. */
    static final class ProtocolConverter implements ITypeConverter<Protocol> {
        @Override
        public Protocol convert(String text) {
            return Optional.of(text)
                    .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
                    .flatMap(name -> List.of(Protocol.values()).stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst())
                    .orElseThrow(() -> new TypeConversionException(
                            "expected mining, job-declaration, template-distribution or mint-quote, not " + text));
        }
    }

    /** An unsigned number, decimal or hexadecimal. */
    static final class NumberConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                long number = Long.decode(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected a number, not " + text);
            }
            throw new TypeConversionException("expected no negative number, not " + text);
        }
    }
}
