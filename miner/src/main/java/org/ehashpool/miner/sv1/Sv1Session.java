package org.ehashpool.miner.sv1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.miner.hashing.FoundShare;
import org.ehashpool.miner.status.ReportFormat;
import org.ehashpool.mining.coinbase.Coinbase;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Stratum V1 server, as a miner sees it: messages in, effects out. What it remembers is bounded: the
 * last jobs, and the shares that are not answered.
 */
public final class Sv1Session {
    /** Shares that may wait for an answer; a server that is further behind does not answer. */
    static final int MAX_UNANSWERED = 1_024;

    /** The requests before this one are the login. */
    public static final long FIRST_SHARE = 5;

    private static final int MAX_JOBS = 64;
    /** BIP 320: what every server with version rolling grants. */
    private static final long WANTED_MASK = 0x1fff_e000L;

    private static final long CONFIGURE = 1;
    private static final long SUBSCRIBE = 2;
    private static final long AUTHORIZE = 3;
    private static final long EXTRANONCE_SUBSCRIBE = 4;

    private final String agent;
    private final String user;
    private final String password;
    private final Map<Long, Known> jobs = new LinkedHashMap<>();
    private final Set<Long> unanswered = new LinkedHashSet<>();
    private long lastRequest = FIRST_SHARE - 1;
    private long lastJob;
    private Target target = Target.DIFFICULTY_ONE;
    private Bytes extranoncePrefix = Bytes.EMPTY;
    private int extranonceSize;
    private boolean subscribed;
    private boolean authorized;
    private @U32 long versionMask;
    private @Nullable AssignedJob latest;

    /** A job, under the server's name for it. */
    private record Known(String name, Job job) {}

    /**
     * Nothing said yet.
     *
     * @param agent what we say we are
     * @param user who is paid
     * @param password as the server wants it
     */
    public Sv1Session(String agent, String user, String password) {
        this.agent = agent;
        this.user = user;
        this.password = password;
    }

    /** What is said first. */
    public List<Sv1Effect> begin() {
        return List.of(
                request(
                        CONFIGURE,
                        "mining.configure",
                        List.of(
                                List.of("version-rolling"),
                                Map.of("version-rolling.mask", hex(WANTED_MASK), "version-rolling.min-bit-count", 2))),
                request(SUBSCRIBE, "mining.subscribe", List.of(agent)));
    }

    /**
     * Takes in a message.
     *
     * @throws Sv1ProtocolException if it makes no sense now
     */
    public List<Sv1Effect> receive(Sv1Message message) throws Sv1ProtocolException {
        return switch (message) {
            case Sv1Message.Answer answer -> answered(answer);
            case Sv1Message.Notify job -> job(job);
            case Sv1Message.SetDifficulty(double difficulty) -> retarget(Target.ofDifficulty(difficulty));
            case Sv1Message.SetExtranonce(Bytes prefix, int size) -> {
                extranoncePrefix = prefix;
                extranonceSize = size;
                yield List.of();
            }
            case Sv1Message.SetVersionMask(long mask) -> {
                versionMask = mask & WANTED_MASK;
                yield List.of();
            }
            case Sv1Message.Reconnect(String host, int port, int wait) ->
                List.of(new Sv1Effect.Redirect(host, port, wait));
            case Sv1Message.ShowMessage(String text) -> List.of(new Sv1Effect.Show(text));
            case Sv1Message.Request(JsonNode id, String method) -> List.of(reply(id, method));
            case Sv1Message.Unknown unknown -> List.of();
        };
    }

    private List<Sv1Effect> answered(Sv1Message.Answer answer) throws Sv1ProtocolException {
        if (answer.id() == CONFIGURE) {
            // A server without BIP 310 answers with an error, or not at all: then the version stays as it is.
            JsonNode result = answer.result();
            if (result.path("version-rolling").asBoolean(false)) {
                versionMask = Sv1Reader.number(result.path("version-rolling.mask"), "version mask") & WANTED_MASK;
            }
            return List.of();
        }
        if (answer.id() == SUBSCRIBE) {
            return subscribed(answer);
        }
        if (answer.id() == AUTHORIZE) {
            return authorized(answer);
        }
        if (!unanswered.remove(answer.id())) {
            return List.of();
        }
        boolean accepted = answer.error().isEmpty() && answer.result().asBoolean(false);
        return List.of(
                accepted
                        ? new Sv1Effect.Accepted()
                        : new Sv1Effect.Rejected(answer.error().orElse("no reason given")));
    }

    private List<Sv1Effect> subscribed(Sv1Message.Answer answer) throws Sv1ProtocolException {
        if (answer.error().isPresent()) {
            return List.of(
                    new Sv1Effect.Refused("mining.subscribe: " + answer.error().get()));
        }
        extranoncePrefix = Sv1Reader.extranonce(answer.result().path(1));
        extranonceSize = Sv1Reader.extranonceSize(answer.result().path(2));
        subscribed = true;
        return List.of(
                request(AUTHORIZE, "mining.authorize", List.of(user, password)),
                request(EXTRANONCE_SUBSCRIBE, "mining.extranonce.subscribe", List.of()));
    }

    private List<Sv1Effect> authorized(Sv1Message.Answer answer) {
        if (answer.error().isPresent() || !answer.result().asBoolean(false)) {
            return List.of(new Sv1Effect.Refused(
                    "mining.authorize: " + answer.error().orElse("the pool does not know the user")));
        }
        authorized = true;
        List<Sv1Effect> effects = new ArrayList<>();
        effects.add(new Sv1Effect.Opened());
        AssignedJob waiting = latest;
        if (waiting != null) {
            effects.add(new Sv1Effect.WorkChanged(waiting, versionMask));
        }
        return effects;
    }

    private List<Sv1Effect> job(Sv1Message.Notify message) throws Sv1ProtocolException {
        if (!subscribed) {
            throw new Sv1ProtocolException("a job before the answer to mining.subscribe");
        }
        Optional<Target> network = Target.ofCompactBits(message.bits());
        if (network.isEmpty()) {
            throw new Sv1ProtocolException("a job with bits that are no target: " + hex(message.bits()));
        }
        if (message.clean()) {
            jobs.clear();
        } else if (jobs.size() >= MAX_JOBS) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        lastJob = (lastJob + 1) & 0xffff_ffffL;
        Job.Extended job = new Job.Extended(
                lastJob,
                new JobOrigin.Upstream(),
                message.version(),
                versionMask != 0,
                MerklePath.of(message.merklePath()),
                new Coinbase(message.coinbasePrefix(), message.coinbaseSuffix(), false),
                extranoncePrefix.length() + extranonceSize);
        jobs.put(lastJob, new Known(message.jobId(), job));
        ChainTip tip = new ChainTip(message.previousHash(), message.bits(), message.time(), network.get());
        return begin(new AssignedJob(job, tip, target, extranoncePrefix, extranonceSize));
    }

    private List<Sv1Effect> begin(AssignedJob work) {
        latest = work;
        return authorized ? List.of(new Sv1Effect.WorkChanged(work, versionMask)) : List.of();
    }

    /**
     * The new difficulty is for jobs to come, but not every server keeps to that: a harder one is taken at once, so that
     * a share counts either way.
     */
    private List<Sv1Effect> retarget(Target next) {
        target = next;
        List<Sv1Effect> effects = new ArrayList<>();
        effects.add(new Sv1Effect.TargetChanged(next));
        AssignedJob present = latest;
        if (present != null && next.compareTo(present.target()) < 0) {
            effects.addAll(begin(new AssignedJob(
                    present.job(), present.tip(), next, present.extranoncePrefix(), present.rollableSize())));
        }
        return effects;
    }

    /** Whether so many shares are unanswered that no more may be submitted. */
    boolean isBehind() {
        return unanswered.size() >= MAX_UNANSWERED;
    }

    /** The server's name for a job of ours; empty if it no longer takes shares of it. */
    public Optional<String> nameOf(Job job) {
        Known known = jobs.get(job.id());
        return known == null || !isThis(known.job(), job) ? Optional.empty() : Optional.of(known.name());
    }

    /** The line that submits a share; empty if the server no longer takes shares of its job. */
    Optional<String> submit(FoundShare share) {
        Job job = share.job().job();
        Optional<String> name = nameOf(job);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<Object> parameters = new ArrayList<>(
                List.of(user, name.get(), share.extranonce().toHex(), hex(share.time()), hex(share.nonce())));
        if (job.versionRollingAllowed()) {
            parameters.add(hex(share.version() & versionMask));
        }
        lastRequest++;
        unanswered.add(lastRequest);
        return Optional.of(line(lastRequest, "mining.submit", parameters));
    }

    /** Another connection's job may have had the same number, and even the same content. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isThis(Job ours, Job shares) {
        return ours == shares;
    }

    private Sv1Effect reply(JsonNode id, String method) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        if (method.equals("client.get_version")) {
            answer.put("result", agent);
            answer.put("error", null);
        } else {
            answer.put("result", null);
            answer.put("error", List.of(20, "unknown method"));
        }
        return new Sv1Effect.Send(ReportFormat.write(answer));
    }

    private static Sv1Effect request(long id, String method, List<?> parameters) {
        return new Sv1Effect.Send(line(id, method, parameters));
    }

    private static String line(long id, String method, List<?> parameters) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("method", method);
        request.put("params", parameters);
        return ReportFormat.write(request);
    }

    private static String hex(@U32 long number) {
        return "%08x".formatted(number);
    }
}
