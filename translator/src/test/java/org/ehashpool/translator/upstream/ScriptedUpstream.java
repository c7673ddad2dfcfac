package org.ehashpool.translator.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.work.Expectations;

/** A roster of miners, and upstreams that say what the test tells them to, without a network or a clock. */
final class ScriptedUpstream implements Outlet {
    /** Hard enough that no share of a test is a block. */
    static final long BITS = 0x1d00ffffL;

    static final U256 FIRST_BLOCK = U256.of(1001);
    static final int GROUP = 9_000;
    static final Bytes COINBASE_PREFIX =
            Bytes.fromHex("02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0d025200");
    static final Bytes COINBASE_SUFFIX = Bytes.fromHex("feffffff0100f2052a01000000016a00000000");

    private final Hall hall;
    final List<Mining.FromClient> sent = new ArrayList<>();
    final List<List<Tlv>> tlvs = new ArrayList<>();
    final List<String> left = new ArrayList<>();
    final UpstreamSession session;
    int extranonceSize = 8;
    boolean writable = true;
    private int answered;
    private long lastJob;

    /** What upstreams have in common. */
    static final class Hall {
        final ShareFigures figures = new ShareFigures(ServiceMetrics.create("translator", "test"));
        final ChannelsConfig channels;
        final VardiffConfig vardiff = new VardiffConfig(true, Optional.empty(), 1e12, 1, Duration.ofSeconds(30));
        final Roster roster;
        int upstreams = 2;
        long nanos = 1_000;

        Hall(ChannelsConfig.Mode mode) {
            channels = new ChannelsConfig(mode, 4, 4, 64);
            roster = new Roster(channels, vardiff, figures, this::now);
        }

        Moment now() {
            return new Moment(nanos, 1_700_000_000_000L + nanos / 1_000_000);
        }

        void pass(Duration time) {
            nanos += time.toNanos();
            roster.tick();
        }

        RecordingMiner miner(String account) {
            return miner(account, Expectations.NONE);
        }

        RecordingMiner miner(String account, Expectations expectations) {
            RecordingMiner miner = new RecordingMiner(account);
            miner.sits(roster.admit(miner).orElseThrow());
            miner.place().open(miner.who, expectations);
            return miner;
        }

        List<RecordingMiner> miners(int count) {
            return IntStream.range(0, count).mapToObj(i -> miner("miner" + i)).toList();
        }
    }

    ScriptedUpstream(Hall hall, int index, Extensions granted) {
        this(hall, index, granted, Optional.empty());
    }

    ScriptedUpstream(Hall hall, int index, Extensions granted, Optional<PayoutCheck> payout) {
        this.hall = hall;
        session = new UpstreamSession(
                new SessionTerms(
                        index,
                        hall.upstreams,
                        "pool" + index + ":34254",
                        new Identities(
                                hall.channels.mode() == ChannelsConfig.Mode.AGGREGATED ? "farm" : "", Optional::empty),
                        Duration.ofSeconds(30),
                        payout,
                        false,
                        hall.channels,
                        hall.vardiff),
                granted,
                this,
                hall.roster,
                new ShareValidator(),
                hall.figures,
                new UpstreamEvents(() -> hall.now().nanos()),
                hall.now());
        hall.roster.tryOut(session);
    }

    /** An upstream that is mined for. */
    static ScriptedUpstream serving(Hall hall) {
        ScriptedUpstream upstream = new ScriptedUpstream(hall, 0, Extensions.NONE);
        hall.roster.serve(upstream.session);
        return upstream;
    }

    void say(Mining.FromServer... messages) {
        for (Mining.FromServer message : messages) {
            session.receive(message, hall.now());
        }
    }

    <M> List<M> sent(Class<M> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<SubmitSharesExtended> shares() {
        return sent(SubmitSharesExtended.class);
    }

    /** Grants every channel asked for and not yet answered, numbered as the request. */
    void grant() {
        List<OpenExtendedMiningChannel> requests = sent(OpenExtendedMiningChannel.class);
        while (answered < requests.size()) {
            OpenExtendedMiningChannel request = requests.get(answered++);
            say(new OpenExtendedMiningChannelSuccess(
                    request.requestId(),
                    request.requestId(),
                    U256.MAX_VALUE,
                    extranonceSize,
                    Bytes.of((byte) 7, (byte) request.requestId()),
                    GROUP));
            requests = sent(OpenExtendedMiningChannel.class);
        }
    }

    void refuse(String code) {
        OpenExtendedMiningChannel request =
                sent(OpenExtendedMiningChannel.class).get(answered++);
        say(new OpenMiningChannelError(request.requestId(), Text.of(code)));
    }

    /** Grants channels, and gives them all a first job. */
    void grantWithWork() {
        grant();
        block(GROUP, FIRST_BLOCK);
    }

    NewExtendedMiningJob message(long channel, OptionalLong time) {
        return new NewExtendedMiningJob(
                channel, ++lastJob, time, 0x2000_0000L, true, List.of(U256.of(3)), COINBASE_PREFIX, COINBASE_SUFFIX);
    }

    /** A job to begin at once. */
    void job(long channel) {
        say(message(channel, OptionalLong.of(1_700_000_000L)));
    }

    /** Another block, and a job for it. */
    void block(long channel, U256 hash) {
        say(message(channel, OptionalLong.empty()), new SetNewPrevHash(channel, lastJob, hash, 1_700_000_000L, BITS));
    }

    @Override
    public void send(Mining.FromClient message, List<Tlv> behind) {
        sent.add(message);
        tlvs.add(behind);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void leave(String why) {
        left.add(why);
    }
}
