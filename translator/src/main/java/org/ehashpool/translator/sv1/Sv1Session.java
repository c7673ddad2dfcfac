package org.ehashpool.translator.sv1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.Expectations;
import org.ehashpool.translator.work.ExtranonceSpace;
import org.ehashpool.translator.work.MinerIdentity;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * One miner's connection: requests, work and time in, effects out. Requests may come in any order; a miner gets work when
 * it is subscribed and authorised. Times are monotonic nanoseconds. What it remembers is bounded. For one event loop.
 */
public final class Sv1Session {
    private static final long OUR_REQUEST = 1;
    private static final int MAX_REASON = 64;

    private final SessionSettings settings;
    private final JobLines lines;
    private final MinerNames readings;
    private final String sessionId;
    private final ExtranonceSpace space;
    private final ShareTally tally;
    private final SentJobs sent;
    private final Map<String, MinerIdentity> names = new LinkedHashMap<>();
    private boolean subscribed;
    private boolean askedForVersion;
    private String agent = "";
    private VersionRolling rolling = VersionRolling.NONE;
    private @U32 long announcedMask;
    private OptionalDouble minimumDifficulty = OptionalDouble.empty();
    private @Nullable Work present;
    private long presentSince;
    private boolean workLost;
    private boolean clean = true;
    private @Nullable Target announced;
    private String difficulty = "";
    private int unanswered;
    private long lastSent;

    /**
     * Nothing has been said.
     *
     * @param lines those of the translator
     * @param sessionId for the answer to mining.subscribe
     * @param space the miner's part of the extranonce
     */
    public Sv1Session(
            SessionSettings settings,
            JobLines lines,
            MinerNames readings,
            String sessionId,
            ExtranonceSpace space,
            ShareObserver observer,
            long now) {
        this.settings = settings;
        this.lines = lines;
        this.readings = readings;
        this.sessionId = sessionId;
        this.space = space;
        this.tally = new ShareTally(observer);
        this.sent = new SentJobs(settings.jobs(), settings.jobLifetime());
        this.lastSent = now;
    }

    /** What a miner is told for whom there is no place. */
    public static Line full(Request request) {
        return Answers.error(request.id(), Sv1Error.OTHER, "All places are taken");
    }

    /** Takes in what the miner said. */
    public List<Sv1Effect> receive(Request request, long now) {
        List<Sv1Effect> effects = new ArrayList<>(4);
        switch (request) {
            case Request.Submit submit -> submit(submit, effects);
            case Request.Subscribe subscribe -> subscribe(subscribe, effects, now);
            case Request.Authorize authorize -> authorize(authorize, effects, now);
            case Request.Configure configure -> configure(configure, effects, now);
            case Request.ExtranonceSubscribe(RequestId id) -> send(effects, Answers.yes(id));
            case Request.SuggestDifficulty(RequestId id, double suggested) -> {
                tell(effects, id, Answers.yes(id));
                expect(suggested, effects);
            }
            case Request.SuggestTarget(RequestId id, String digits) -> suggestTarget(id, digits, effects);
            case Request.MultiVersion(RequestId id) -> tell(effects, id, Answers.yes(id));
            case Request.GetVersion(RequestId id) ->
                send(effects, Answers.result(id, RequestId.quoted(settings.version())));
            case Request.Ping(RequestId id) -> send(effects, Answers.result(id, "\"pong\""));
            case Request.Unknown(RequestId id, String _) ->
                tell(effects, id, Answers.error(id, Sv1Error.UNKNOWN_METHOD, Sv1Error.UNKNOWN_METHOD.words()));
            case Request.Malformed(RequestId id, String words) ->
                send(effects, Answers.error(id, Sv1Error.OTHER, words));
            case Request.Reply(RequestId _, Optional<String> result) ->
                // Only the one request of ours is answered with a text.
                result.filter(version -> askedForVersion && agent.isEmpty()).ifPresent(version -> agent = version);
            case Request.Pong _ -> {}
        }
        return sent(effects, now);
    }

    private void subscribe(Request.Subscribe subscribe, List<Sv1Effect> effects, long now) {
        subscribed = true;
        subscribe.agent().filter(given -> !given.isEmpty()).ifPresent(given -> agent = given);
        send(effects, Answers.subscribed(subscribe.id(), sessionId, space));
        begin(effects, now);
    }

    private void authorize(Request.Authorize authorize, List<Sv1Effect> effects, long now) {
        switch (readings.read(authorize.username())) {
            case MinerNames.Reading.Refused(String words) ->
                send(effects, Answers.no(authorize.id(), Sv1Error.UNAUTHORIZED, words));
            case MinerNames.Reading.Known(MinerIdentity who) -> {
                if (!names.containsKey(who.username()) && names.size() >= settings.names()) {
                    send(
                            effects,
                            Answers.no(authorize.id(), Sv1Error.UNAUTHORIZED, "Too many names on one connection"));
                    return;
                }
                boolean first = names.isEmpty();
                names.put(who.username(), who);
                send(effects, Answers.yes(authorize.id()));
                if (first) {
                    begin(effects, now);
                    effects.add(new Sv1Effect.Open(who, expectations()));
                }
            }
        }
    }

    private void configure(Request.Configure configure, List<Sv1Effect> effects, long now) {
        Map<String, String> results = new LinkedHashMap<>();
        boolean announceMask = false;
        for (String extension : configure.extensions()) {
            switch (extension) {
                case "version-rolling" -> {
                    rolling = VersionRolling.of(configure.versionMask(), configure.minimumBits())
                            .orElse(VersionRolling.NONE);
                    announcedMask = freeBits();
                    announceMask = announcedMask != 0;
                    results.put("version-rolling", Boolean.toString(announceMask));
                    if (announceMask) {
                        results.put("version-rolling.mask", '"' + VersionRolling.hex(announcedMask) + '"');
                    }
                }
                case "minimum-difficulty" -> {
                    boolean given = configure.minimumDifficulty().isPresent();
                    results.put("minimum-difficulty", Boolean.toString(given));
                }
                case "subscribe-extranonce", "info" -> results.put(extension, "true");
                // BIP 310: "the server returns false for extensions that it does not know".
                default -> results.put(extension, "false");
            }
        }
        configure.device().filter(given -> agent.isEmpty()).ifPresent(device -> agent = device);
        StringBuilder json = new StringBuilder("{");
        results.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append(RequestId.quoted(name))
                .append(':')
                .append(value));
        send(effects, Answers.result(configure.id(), json.append('}').toString()));
        if (announceMask) {
            // Some firmware waits for it, whatever the answer says.
            send(effects, Answers.setVersionMask(announcedMask));
        }
        if (isMining()) {
            // Work that is out already leaves other bits free.
            begin(effects, now);
        }
        if (configure.extensions().contains("minimum-difficulty")) {
            configure.minimumDifficulty().ifPresent(minimum -> expect(minimum, effects));
        }
    }

    private void suggestTarget(RequestId id, String digits, List<Sv1Effect> effects) {
        Target target;
        try {
            target = Target.of(U256.fromHex(digits));
        } catch (IllegalArgumentException e) {
            tell(effects, id, Answers.error(id, Sv1Error.OTHER, "Invalid target"));
            return;
        }
        tell(effects, id, Answers.yes(id));
        expect(target.difficulty(), effects);
    }

    /** What is no difficulty takes the wish back. */
    private void expect(double suggested, List<Sv1Effect> effects) {
        minimumDifficulty =
                suggested > 0 && Double.isFinite(suggested) ? OptionalDouble.of(suggested) : OptionalDouble.empty();
        if (!names.isEmpty()) {
            effects.add(new Sv1Effect.Expect(expectations()));
        }
    }

    private Expectations expectations() {
        return new Expectations(minimumDifficulty, OptionalDouble.empty());
    }

    private void submit(Request.Submit submit, List<Sv1Effect> effects) {
        @Nullable MinerIdentity who = names.get(submit.username());
        if (!subscribed) {
            refuse(submit, Sv1Error.NOT_SUBSCRIBED, "not-subscribed", Sv1Error.NOT_SUBSCRIBED.words(), effects);
            return;
        }
        if (who == null) {
            refuse(submit, Sv1Error.UNAUTHORIZED, "unauthorized", Sv1Error.UNAUTHORIZED.words(), effects);
            return;
        }
        Optional<SentJobs.Sent> job = sent.find(submit.jobId());
        if (job.isEmpty()) {
            refuse(submit, Sv1Error.JOB_NOT_FOUND, "job-not-found", Sv1Error.JOB_NOT_FOUND.words(), effects);
            return;
        }
        if (unanswered >= settings.unanswered()) {
            refuse(submit, Sv1Error.OTHER, "too-many-unanswered", "Too many shares without an answer", effects);
            return;
        }
        switch (SubmittedForm.of(submit, who, job.get(), space.extranonce2Size())) {
            case SubmittedForm.Bad(String reason, String words) ->
                refuse(submit, Sv1Error.OTHER, reason, words, effects);
            case SubmittedForm.Good(var share) -> {
                unanswered++;
                effects.add(new Sv1Effect.Submit(share, submit.id()));
            }
        }
    }

    private void refuse(Request.Submit submit, Sv1Error error, String reason, String words, List<Sv1Effect> effects) {
        tally.refused(error, reason);
        send(effects, Answers.no(submit.id(), error, words));
    }

    /** A share that was to be submitted has been judged, or nobody will judge it. */
    public List<Sv1Effect> answered(RequestId id, ShareOutcome outcome, long now) {
        unanswered--;
        Line answer =
                switch (outcome) {
                    case ShareOutcome.Accepted _ -> {
                        tally.accepted(now);
                        yield Answers.yes(id);
                    }
                    case ShareOutcome.Refused(var refusal, String reason) -> {
                        Sv1Error error = Sv1Error.of(refusal);
                        String known = shortened(reason);
                        tally.refused(error, known);
                        yield Answers.no(id, error, error == Sv1Error.OTHER ? known : error.words());
                    }
                    case ShareOutcome.Unconfirmed(String reason) -> {
                        tally.unconfirmed();
                        yield Answers.no(id, Sv1Error.OTHER, "Unconfirmed: " + shortened(reason));
                    }
                };
        lastSent = now;
        return List.of(new Sv1Effect.Send(answer));
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }

    /**
     * There is other work from now.
     *
     * @param onlyValid whether shares for work before count no more
     */
    public List<Sv1Effect> work(Work work, boolean onlyValid, long now) {
        if (onlyValid) {
            sent.clear();
            clean = true;
        }
        present = work;
        presentSince = now;
        workLost = false;
        List<Sv1Effect> effects = new ArrayList<>(3);
        begin(effects, now);
        return sent(effects, now);
    }

    /** There is no work at present; the miner goes on with what it has. */
    public void workLost() {
        workLost = true;
    }

    /** There will never be work. */
    public List<Sv1Effect> refused(String why) {
        return List.of(new Sv1Effect.Send(Answers.showMessage(shortened(why))), new Sv1Effect.End(why));
    }

    /** Announces the present work, if the miner may have it. */
    private void begin(List<Sv1Effect> effects, long now) {
        Work work = present;
        if (!subscribed || names.isEmpty()) {
            return;
        }
        if (agent.isEmpty() && !askedForVersion) {
            askedForVersion = true;
            send(effects, Answers.getVersion(OUR_REQUEST));
        }
        if (work != null && !workLost) {
            announce(work, effects, now);
        }
    }

    private void announce(Work work, List<Sv1Effect> effects, long now) {
        // What comes first counts for the job that follows.
        @Nullable Target before = announced;
        if (before == null || !before.equals(work.target())) {
            announced = work.target();
            String number = lines.difficulty(work.target());
            if (!number.equals(difficulty)) {
                difficulty = number;
                send(effects, Answers.setDifficulty(number));
            }
        }
        long mask = rolling.within(work.versionRollingMask());
        if (mask != announcedMask) {
            announcedMask = mask;
            send(effects, Answers.setVersionMask(mask));
        }
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(now - presentSince);
        NotifyLine line = lines.of(work, Math.min(work.time() + elapsed, 0xffff_ffffL), clean);
        clean = false;
        sent.add(line.jobId(), new SentJobs.Sent(work, mask, now));
        send(effects, line);
    }

    private @U32 long freeBits() {
        Work work = present;
        return work == null ? rolling.wanted() : rolling.within(work.versionRollingMask());
    }

    /**
     * Keeps the miner from reconnecting when it has not heard anything for long: the present work again, its time advanced
     * by what has passed since it came; without work, the difficulty again.
     */
    public List<Sv1Effect> tick(long now) {
        if (!isMining() || now - lastSent < settings.keepAlive().toNanos()) {
            return List.of();
        }
        List<Sv1Effect> effects = new ArrayList<>(3);
        if (present != null && !workLost) {
            begin(effects, now);
        } else if (!difficulty.isEmpty()) {
            send(effects, Answers.setDifficulty(difficulty));
        }
        return sent(effects, now);
    }

    /** Something to read, on the miner's display or in its log. */
    public List<Sv1Effect> show(String text, long now) {
        return sent(List.of(new Sv1Effect.Send(Answers.showMessage(text))), now);
    }

    /**
     * Asks the miner to connect again.
     *
     * @param host empty: where it is connected now
     */
    public List<Sv1Effect> reconnect(Optional<String> host, int port, int waitSeconds, long now) {
        return sent(List.of(new Sv1Effect.Send(Answers.reconnect(host, port, waitSeconds))), now);
    }

    /** What was said without an id wants no answer; bfgminer takes one for that to its next request. */
    private static void tell(List<Sv1Effect> effects, RequestId id, Line line) {
        if (!id.equals(RequestId.NULL)) {
            send(effects, line);
        }
    }

    private static void send(List<Sv1Effect> effects, Line line) {
        effects.add(new Sv1Effect.Send(line));
    }

    private List<Sv1Effect> sent(List<Sv1Effect> effects, long now) {
        if (!effects.isEmpty()) {
            lastSent = now;
        }
        return effects;
    }

    /** Whether the miner is subscribed and somebody is authorised. */
    public boolean isMining() {
        return subscribed && !names.isEmpty();
    }

    /** Shares that wait for their answer. */
    public int unanswered() {
        return unanswered;
    }

    /** As it is now. */
    public SessionStatus status() {
        return new SessionStatus(
                List.copyOf(names.values()),
                agent,
                subscribed,
                announced == null ? 0 : announced.difficulty(),
                announcedMask,
                unanswered,
                sent.size(),
                tally.figures());
    }
}
