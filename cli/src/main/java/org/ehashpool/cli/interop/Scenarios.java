package org.ehashpool.cli.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ehashpool.cli.interop.Demand.Completion;
import org.ehashpool.cli.interop.Demand.Refusal;
import org.ehashpool.cli.interop.OurEnd.Conduct;
import org.ehashpool.cli.interop.OurEnd.Dialling;
import org.ehashpool.cli.interop.OurEnd.Serving;
import org.ehashpool.cli.interop.Outcome.Side;
import org.ehashpool.cli.interop.Scenario.EndPlay;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.sv2.message.Protocol;

/** What is proved of connections, in the order of the report. */
final class Scenarios {
    /** The reference implementation's crates, {@code testing/interop/reference}. */
    private static final String REFERENCE = "reference";

    /** ESP-Miner's client, an initiator only; it takes frames up to its buffer of 8 KiB. */
    private static final String ESP_MINER = "esp-miner";

    private static final List<Integer> FRAMES = List.of(0, 1, 65_519, 65_520, 200_000);
    private static final List<Integer> SMALL_FRAMES = List.of(0, 1, 1_024, 8_186);

    private static final long HOUR = 3_600;

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(REFERENCE, "dials", dials(Protocol.MINING, FRAMES)),
                new Scenario(REFERENCE, "dials/job-declaration", dials(Protocol.JOB_DECLARATION, List.of(1))),
                new Scenario(
                        REFERENCE, "dials/template-distribution", dials(Protocol.TEMPLATE_DISTRIBUTION, List.of(1))),
                new Scenario(REFERENCE, "dials/wrong-protocol", Scenarios::wrongProtocol),
                new Scenario(REFERENCE, "dials/wrong-authority", dialsStranger("Invalid Certificate")),
                new Scenario(REFERENCE, "dials/expired", dialsOutside(-2 * HOUR, "Invalid Certificate")),
                new Scenario(REFERENCE, "dials/not-yet-valid", dialsOutside(HOUR, "Invalid Certificate")),
                new Scenario(REFERENCE, "dials/garbage-from-peer", Scenarios::garbageFromInitiator),
                new Scenario(REFERENCE, "dials/garbage-from-ours", garbageToInitiator("Aead")),
                new Scenario(REFERENCE, "serves", Scenarios::serves),
                new Scenario(REFERENCE, "serves/wrong-authority", Scenarios::servesStranger),
                new Scenario(REFERENCE, "serves/expired", servesOutside(-2 * HOUR, "CERTIFICATE_EXPIRED")),
                new Scenario(REFERENCE, "serves/not-yet-valid", servesOutside(HOUR, "CERTIFICATE_NOT_YET_VALID")),
                new Scenario(REFERENCE, "serves/garbage-from-peer", Scenarios::garbageFromResponder),
                new Scenario(REFERENCE, "serves/garbage-from-ours", Scenarios::garbageToResponder),
                new Scenario(ESP_MINER, "dials", dials(Protocol.MINING, SMALL_FRAMES)),
                new Scenario(ESP_MINER, "dials/wrong-authority", dialsStranger("Schnorr")),
                new Scenario(ESP_MINER, "dials/garbage-from-ours", garbageToInitiator("decrypt")));
    }

    private static EndPlay dials(Protocol protocol, List<Integer> frames) {
        return stage -> stage.peerDials(
                serving(stage, 0, protocol, Conduct.REGULAR),
                initiator(stage.authority(), protocol, frames),
                new Completion(frames));
    }

    private static void wrongProtocol(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        stage.peerDials(
                serving(stage, 0, Protocol.MINING, Conduct.REGULAR),
                initiator(stage.authority(), Protocol.JOB_DECLARATION, List.of()),
                new Refusal(Side.OURS, "unsupported-protocol"));
    }

    private static EndPlay dialsStranger(String reason) {
        return stage -> stage.peerDials(
                serving(stage, 0, Protocol.MINING, Conduct.REGULAR),
                initiator(stage.stranger(), Protocol.MINING, List.of()),
                new Refusal(Side.THEIRS, reason));
    }

    private static EndPlay dialsOutside(long certificateOffset, String reason) {
        return stage -> stage.peerDials(
                serving(stage, certificateOffset, Protocol.MINING, Conduct.REGULAR),
                initiator(stage.authority(), Protocol.MINING, List.of()),
                new Refusal(Side.THEIRS, reason));
    }

    private static void garbageFromInitiator(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(initiator(stage.authority(), Protocol.MINING, List.of()));
        arguments.add("--garbage");
        stage.peerDials(
                serving(stage, 0, Protocol.MINING, Conduct.REGULAR),
                arguments,
                new Refusal(Side.OURS, "DECRYPTION_FAILED"));
    }

    private static EndPlay garbageToInitiator(String reason) {
        return stage -> stage.peerDials(
                serving(stage, 0, Protocol.MINING, Conduct.GARBAGE),
                initiator(stage.authority(), Protocol.MINING, List.of()),
                new Refusal(Side.THEIRS, reason));
    }

    private static void serves(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        stage.peerServes(
                List.of(), dialling(stage, stage.authority(), FRAMES, Conduct.REGULAR), new Completion(FRAMES));
    }

    private static void servesStranger(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        stage.peerServes(
                List.of(),
                dialling(stage, stage.stranger(), List.of(), Conduct.REGULAR),
                new Refusal(Side.OURS, "WRONG_AUTHORITY"));
    }

    private static EndPlay servesOutside(long clockOffset, String reason) {
        return stage -> stage.peerServes(
                List.of("--clock-offset", Long.toString(clockOffset), "--cert-validity", Long.toString(HOUR)),
                dialling(stage, stage.authority(), List.of(), Conduct.REGULAR),
                new Refusal(Side.OURS, reason));
    }

    private static void garbageFromResponder(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        stage.peerServes(
                List.of("--garbage"),
                dialling(stage, stage.authority(), List.of(), Conduct.REGULAR),
                new Refusal(Side.OURS, "DECRYPTION_FAILED"));
    }

    private static void garbageToResponder(Stage stage) throws ScenarioFailure, IOException, InterruptedException {
        stage.peerServes(
                List.of(),
                dialling(stage, stage.authority(), List.of(), Conduct.GARBAGE),
                new Refusal(Side.THEIRS, "Aead"));
    }

    private static Serving serving(Stage stage, long certificateOffset, Protocol protocol, Conduct conduct) {
        Validity validity = Validity.startingAt(stage.now() + certificateOffset, HOUR);
        return new Serving(stage.authority(), validity, protocol, conduct, stage.patience());
    }

    private static Stage.Dial dialling(Stage stage, AuthorityKeyPair pinned, List<Integer> frames, Conduct conduct) {
        return address -> new Dialling(address, pinned.publicKey(), Protocol.MINING, frames, conduct, stage.patience());
    }

    /** The arguments of a peer that dials; what is default stays away, for peers that know no more. */
    private static List<String> initiator(AuthorityKeyPair pinned, Protocol protocol, List<Integer> frames) {
        List<String> arguments =
                new ArrayList<>(List.of("--authority", pinned.publicKey().toString()));
        if (protocol != Protocol.MINING) {
            arguments.addAll(List.of("--protocol", Integer.toString(protocol.number())));
        }
        if (!frames.isEmpty()) {
            String sizes = frames.stream().map(String::valueOf).collect(Collectors.joining(","));
            arguments.addAll(List.of("--frames", sizes));
        }
        return arguments;
    }
}
