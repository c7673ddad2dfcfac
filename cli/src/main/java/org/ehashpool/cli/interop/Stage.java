package org.ehashpool.cli.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cli.interop.OurEnd.Dialling;
import org.ehashpool.cli.interop.OurEnd.Listening;
import org.ehashpool.cli.interop.OurEnd.Serving;
import org.ehashpool.cli.interop.Outcome.Done;
import org.ehashpool.cli.interop.Outcome.Refused;
import org.ehashpool.cli.interop.Outcome.Side;
import org.ehashpool.cli.interop.peer.PeerOutput;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.noise.certificate.AuthorityKeyPair;

/** Where a scenario is played: an end of ours, a peer's executable, two authorities, and what to hold the two to. */
final class Stage implements AutoCloseable {
    private static final int MOST_EVENTS = 100;

    private final OurEnd ours;
    private final Path executable;
    private final Duration patience;
    private final InstantSource clock;
    private final AuthorityKeyPair authority;
    private final AuthorityKeyPair stranger;
    private final PeerOutput peerOutput = new PeerOutput();

    /**
     * @param authority the one that issues certificates; taken over
     * @param stranger another one; taken over
     */
    Stage(
            OurEnd ours,
            Path executable,
            Duration patience,
            InstantSource clock,
            AuthorityKeyPair authority,
            AuthorityKeyPair stranger) {
        this.ours = ours;
        this.executable = executable;
        this.patience = patience;
        this.clock = clock;
        this.authority = authority;
        this.stranger = stranger;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    Duration patience() {
        return patience;
    }

    AuthorityKeyPair authority() {
        return authority;
    }

    AuthorityKeyPair stranger() {
        return stranger;
    }

    /** What the peers of this stage have printed. */
    List<String> peerOutput() {
        return peerOutput.lines();
    }

    /** The peer dials an end of ours. */
    void peerDials(Serving serving, List<String> arguments, Demand demand)
            throws ScenarioFailure, IOException, InterruptedException {
        try (Listening listening = ours.listen(serving)) {
            List<String> all = new ArrayList<>(List.of("initiator", "--connect", text(listening.address())));
            all.addAll(arguments);
            all.addAll(common(demand));
            try (PeerProcess peer = PeerProcess.start(executable, all, peerOutput)) {
                requireOfPeer(peer, demand);
                requireOfOurs(listening.outcome(patience), demand);
            }
        }
    }

    /** An end of ours dials the peer, which presents a certificate of {@link #authority}. */
    void peerServes(List<String> arguments, Dial dial, Demand demand)
            throws ScenarioFailure, IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "responder",
                "--listen",
                "127.0.0.1:0",
                "--authority",
                authority.publicKey().toString(),
                "--authority-secret",
                authority.exportSecret()));
        all.addAll(arguments);
        all.addAll(common(demand));
        try (PeerProcess peer = PeerProcess.start(executable, all, peerOutput)) {
            requireOfOurs(ours.dial(dial.at(listeningAddress(peer))), demand);
            requireOfPeer(peer, demand);
        }
    }

    private List<String> common(Demand demand) {
        List<String> arguments = new ArrayList<>(List.of("--timeout", Long.toString(patience.toSeconds())));
        switch (demand) {
            case Demand.Completion completion -> {}
            case Demand.Refusal refusal -> arguments.add("--expect-refusal");
        }
        return arguments;
    }

    private InetSocketAddress listeningAddress(PeerProcess peer) throws ScenarioFailure, InterruptedException {
        JsonNode event = peer.next(patience).orElseThrow(() -> new ScenarioFailure("the peer does not listen"));
        String address = event.path("address").asText();
        int colon = address.lastIndexOf(':');
        if (!"listening".equals(event.path("event").asText()) || colon < 0) {
            throw new ScenarioFailure("the peer has to name its address first, and says " + event);
        }
        try {
            return new InetSocketAddress(
                    address.substring(0, colon), Integer.parseInt(address, colon + 1, address.length(), 10));
        } catch (IllegalArgumentException e) {
            throw new ScenarioFailure("no address: " + address);
        }
    }

    private void requireOfOurs(Outcome outcome, Demand demand) throws ScenarioFailure {
        boolean met =
                switch (demand) {
                    case Demand.Completion(List<Integer> frames) ->
                        outcome instanceof Done done && done.frames().equals(frames);
                    case Demand.Refusal(Side by, String reason) ->
                        outcome instanceof Refused refused
                                && refused.by() == by
                                && (by == Side.THEIRS || refused.reason().contains(reason));
                };
        if (!met) {
            throw new ScenarioFailure("our end: " + outcome + ", demanded: " + demand);
        }
    }

    private void requireOfPeer(PeerProcess peer, Demand demand) throws ScenarioFailure, InterruptedException {
        List<Integer> frames = new ArrayList<>();
        Optional<JsonNode> last = Optional.empty();
        int events = 0;
        for (Optional<JsonNode> event = peer.next(patience); event.isPresent(); event = peer.next(patience)) {
            if (++events > MOST_EVENTS) {
                throw new ScenarioFailure("the peer talks without end");
            }
            last = event;
            if ("frame".equals(event.get().path("event").asText())) {
                frames.add(event.get().path("size").asInt(-1));
            }
        }
        JsonNode end = last.orElseThrow(() -> new ScenarioFailure("the peer said nothing"));
        boolean met =
                switch (demand) {
                    case Demand.Completion(List<Integer> demanded) ->
                        "done".equals(end.path("event").asText()) && frames.equals(demanded);
                    case Demand.Refusal(Side by, String reason) ->
                        "refused".equals(end.path("event").asText())
                                && (by == Side.THEIRS ? "self" : "peer")
                                        .equals(end.path("by").asText())
                                && (by == Side.OURS
                                        || end.path("reason").asText().contains(reason));
                };
        if (!met) {
            throw new ScenarioFailure("the peer: " + end + " after frames " + frames + ", demanded: " + demand);
        }
        int status = peer.exitStatus(patience);
        if (status != 0) {
            throw new ScenarioFailure("the peer ended with status " + status);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Overwrites the authorities' secrets. */
    @Override
    public void close() {
        authority.close();
        stranger.close();
    }

    /** A way to dial an address that is not known yet. */
    interface Dial {
        Dialling at(InetSocketAddress address);
    }
}
