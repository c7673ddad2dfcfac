package org.ehashpool.cli.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ehashpool.cli.interop.OurEnd.Conduct;
import org.ehashpool.cli.interop.OurEnd.Dialling;
import org.ehashpool.cli.interop.OurEnd.Listening;
import org.ehashpool.cli.interop.OurEnd.Serving;
import org.ehashpool.cli.interop.Outcome.Broken;
import org.ehashpool.cli.interop.Outcome.Done;
import org.ehashpool.cli.interop.Outcome.Refused;
import org.ehashpool.cli.interop.Outcome.Side;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.sv2.message.Protocol;

/** The peer contract kept by ourselves, in a process of its own: it proves the driver, and no interoperability. */
final class ContractPeer {
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Map<String, String> options = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Secp256k1 curve = CurveSelection.select(random).curve();

    private ContractPeer(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            boolean flag = i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--");
            options.put(name, flag ? "" : arguments.get(++i));
        }
    }

    public static void main(String[] arguments) throws Exception {
        ContractPeer peer = new ContractPeer(Arrays.asList(arguments).subList(1, arguments.length));
        Outcome outcome = arguments[0].equals("initiator") ? peer.dial() : peer.listen();
        System.exit(peer.report(outcome));
    }

    private Outcome dial() {
        String[] address = option("--connect").split(":", 2);
        List<Integer> frames = Stream.of(options.getOrDefault("--frames", "").split(","))
                .filter(size -> !size.isEmpty())
                .map(Integer::valueOf)
                .toList();
        return end().dial(new Dialling(
                new InetSocketAddress(address[0], Integer.parseInt(address[1])),
                AuthorityPublicKey.parse(option("--authority"), curve),
                Protocol.of(Integer.parseInt(options.getOrDefault("--protocol", "0")))
                        .orElseThrow(),
                frames,
                conduct(),
                patience()));
    }

    private Outcome listen() throws IOException, InterruptedException {
        AuthorityKeyPair authority = AuthorityKeyPair.parseSecret(option("--authority-secret"), curve);
        long from = InstantSource.system().instant().getEpochSecond()
                + Long.parseLong(options.getOrDefault("--clock-offset", "0"));
        Validity validity = Validity.startingAt(from, Long.parseLong(options.getOrDefault("--cert-validity", "3600")));
        try (Listening listening =
                end().listen(new Serving(authority, validity, Protocol.MINING, conduct(), patience()))) {
            say("{\"event\":\"listening\",\"address\":\"127.0.0.1:%d\"}"
                    .formatted(listening.address().getPort()));
            return listening.outcome(LIFETIME);
        }
    }

    private int report(Outcome outcome) {
        return switch (outcome) {
            case Done(int version, List<Integer> frames) -> {
                frames.forEach(size -> say("{\"event\":\"frame\",\"size\":%d}".formatted(size)));
                say("{\"event\":\"done\"}");
                yield status(!refusalExpected());
            }
            case Refused(Side by, String reason) -> {
                String told = reason.replaceAll("WRONG_AUTHORITY|CERTIFICATE_\\w+", "Invalid Certificate")
                        .replaceAll("DECRYPTION_FAILED", "Aead");
                say("{\"event\":\"refused\",\"by\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(by == Side.OURS ? "self" : "peer", told.replaceAll("[^\\w .:-]", "?")));
                yield status(refusalExpected());
            }
            case Broken(String reason) -> {
                say("{\"event\":\"failed\",\"reason\":\"%s\"}".formatted(reason.replaceAll("[^\\w .:-]", "?")));
                yield status(false);
            }
        };
    }

    private static int status(boolean asExpected) {
        return asExpected ? 0 : 1;
    }

    private boolean refusalExpected() {
        return options.containsKey("--expect-refusal");
    }

    private SocketEnd end() {
        return new SocketEnd(curve, random, InstantSource.system());
    }

    private Conduct conduct() {
        return options.containsKey("--garbage") ? Conduct.GARBAGE : Conduct.REGULAR;
    }

    private Duration patience() {
        return Duration.ofSeconds(Long.parseLong(options.getOrDefault("--timeout", "10")));
    }

    private String option(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is needed");
        }
        return value;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
