package org.ehashpool.cli.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehashpool.cli.interop.Scenario.EndPlay;
import org.ehashpool.cli.interop.Scenario.SitePlay;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.site.Site;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/** Plays scenarios with the peers that were given. */
final class Player {
    /** Our end of a scenario with whole programs, in reports. */
    static final String SUITE = "suite";

    private static final Duration SITE_LIMIT = Duration.ofSeconds(170);

    private final Map<String, Path> peers;
    private final List<OurEnd> ends;
    private final Duration patience;
    private final Duration mining;
    private final Secp256k1 curve;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param peers executables by their peers' names
     * @param ends ours, each of which plays
     * @param patience the longest wait for a peer's next sign of life
     * @param mining how long miners mine where nothing else ends it
     */
    Player(
            Map<String, Path> peers,
            List<OurEnd> ends,
            Duration patience,
            Duration mining,
            Secp256k1 curve,
            SecureRandom random,
            InstantSource clock) {
        this.peers = Map.copyOf(peers);
        this.ends = List.copyOf(ends);
        this.patience = patience;
        this.mining = mining;
        this.curve = curve;
        this.random = random;
        this.clock = clock;
    }

    /** What came of it, for each end of ours. */
    List<Verdict> play(Scenario scenario) throws InterruptedException {
        if (!peers.keySet().containsAll(scenario.peers())) {
            return List.of(new Verdict(scenario.title(), "", new Verdict.Result.NotRun()));
        }
        return switch (scenario.play()) {
            case EndPlay play -> withEachEnd(scenario, play);
            case SitePlay play -> List.of(new Verdict(scenario.title(), SUITE, onSite(play)));
        };
    }

    private List<Verdict> withEachEnd(Scenario scenario, EndPlay play) throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (OurEnd end : ends) {
            Path executable = executable(scenario.peers().getFirst());
            verdicts.add(new Verdict(scenario.title(), end.name(), onStage(play, executable.toAbsolutePath(), end)));
        }
        return verdicts;
    }

    private Path executable(String peer) {
        Path executable = peers.get(peer);
        if (executable == null) {
            throw new IllegalArgumentException("no scenario without its peers: " + peer);
        }
        return executable;
    }

    private Verdict.Result onStage(EndPlay play, Path executable, OurEnd end) throws InterruptedException {
        long start = clock.millis();
        try (Stage stage = new Stage(
                end,
                executable,
                patience,
                clock,
                AuthorityKeyPair.generate(curve, random),
                AuthorityKeyPair.generate(curve, random))) {
            try {
                play.run(stage);
                return new Verdict.Result.Passed(since(start), List.of());
            } catch (ScenarioFailure e) {
                return new Verdict.Result.Failed(since(start), String.valueOf(e.getMessage()), stage.peerOutput());
            } catch (IOException e) {
                return new Verdict.Result.Failed(since(start), e.toString(), stage.peerOutput());
            }
        }
    }

    private Verdict.Result onSite(SitePlay play) throws InterruptedException {
        long start = clock.millis();
        try (Site site = new Site(peers, SITE_LIMIT, mining)) {
            try {
                play.run(site);
                return new Verdict.Result.Passed(since(start), site.notes());
            } catch (ScenarioFailure e) {
                return new Verdict.Result.Failed(since(start), String.valueOf(e.getMessage()), site.lastLines());
            } catch (IOException | IllegalStateException e) {
                return new Verdict.Result.Failed(since(start), e.toString(), site.lastLines());
            }
        } catch (IOException e) {
            return new Verdict.Result.Failed(since(start), "no place to play: " + e, List.of());
        }
    }

    private Duration since(long startMillis) {
        return Duration.ofMillis(clock.millis() - startMillis);
    }
}
