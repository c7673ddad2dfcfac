package org.ehashpool.mining.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.mining.server.ConnectionSettings;
import org.ehashpool.mining.server.CustomJobs;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.server.ServerChannels;
import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobSuccess;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of a connection, together and at odds. */
class ServerAndClientTest {
    private static final long NOW = Templates.TIME * 1000;
    private static final long BITS = 0x1d00_ffffL;

    private final ClientChannels channels = new ClientChannels();

    private static SetCustomMiningJob customJob(long channel) {
        return new SetCustomMiningJob(
                channel,
                0,
                Bytes.EMPTY,
                0x2000_0000L,
                U256.of(1),
                Templates.TIME,
                BITS,
                2,
                BlockHeight.push(800_000),
                0,
                Bytes.fromHex("01" + "0100000000000000" + "0151"),
                799_999,
                List.of());
    }

    /** Whatever the two do, they agree: every share that the client may submit counts, and is counted once. */
    @ParameterizedTest
    @ValueSource(longs = {0, Mining.REQUIRES_STANDARD_JOBS, Mining.REQUIRES_WORK_SELECTION})
    void shouldAgreeWithTheServerWhateverHappens(long flags) {
        Random random = new Random(40 + flags);
        JobNumbers numbers = new JobNumbers();
        Templates templates = new Templates(numbers, BITS, 1);
        ExtranonceAllocator allocator = ExtranonceAllocator.of(ExtranonceLayout.POOL, 1);
        ServerChannels server = new ServerChannels(
                ConnectionSettings.of(flags, new ConnectionSettings.Limits(20, 16, 1 << 14, 1 << 14)),
                new LoopResources(
                        allocator,
                        numbers,
                        new ShareValidator(),
                        new DoubleSha256(),
                        request -> new CustomJobs.Accepted()),
                templates.jobs().snapshot());
        ChannelTerms ordinary = new ChannelTerms(60, 1, Target.EASIEST, Optional.of(Target.EASIEST));
        ChannelTerms solo = (flags & Mining.REQUIRES_WORK_SELECTION) == 0 ? ordinary.paying(Templates.SOLO) : ordinary;
        Set<U256> hashes = new HashSet<>();
        int accepted = 0;
        int future = 0;
        long tip = 0;
        for (int i = 0; i < 20_000; i++) {
            List<ServerEffect> effects = List.of();
            ChannelTerms terms = i % 3 == 0 ? solo : ordinary;
            List<ClientChannelStatus> open = channels.channels();
            Optional<ClientChannelStatus> any =
                    open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
            switch (random.nextInt(20)) {
                case 0 -> {
                    OpenExtendedMiningChannel request =
                            channels.openExtended(Text.of("e"), 1, Target.EASIEST, random.nextInt(18));
                    effects = server.open(request, terms, NOW);
                }
                case 1 -> {
                    OpenStandardMiningChannel request = channels.openStandard(Text.of("s"), 1, Target.EASIEST);
                    effects = server.open(request, terms, NOW);
                }
                case 2 -> {
                    if (any.isPresent() && random.nextInt(4) == 0) {
                        channels.close(any.get().id(), Text.EMPTY)
                                .ifPresent(message ->
                                        assertThat(server.close(message)).hasSize(1));
                    }
                }
                case 3 -> {
                    effects = server.update(templates.future());
                    future++;
                }
                case 4 -> {
                    if (future > 0 && random.nextInt(3) == 0) {
                        future = 0;
                        // Sometimes a template provider only names another template for the same block.
                        tip += random.nextInt(4) == 0 && tip > 0 ? 0 : 1;
                        effects = server.update(templates.tip(tip));
                        allocator.previousHashChanged(U256.of(tip));
                        hashes.clear();
                    }
                }
                case 5 -> {
                    if (tip > 0) {
                        effects = server.update(templates.active());
                    }
                }
                case 6 -> {
                    if (any.isPresent()) {
                        effects = server.changePrefix(any.get().id());
                    }
                }
                case 7 -> {
                    if (any.isPresent()) {
                        effects = server.regroup(new HashSet<>(List.of(
                                any.get().id(),
                                open.get(random.nextInt(open.size())).id())));
                    }
                }
                case 8 -> {
                    if (any.isPresent() && !any.get().standard() && tip > 0) {
                        SetCustomMiningJob job = channels.requestCustomJob(
                                onTip(customJob(any.get().id()), tip));
                        effects = server.setCustomMiningJob(job, NOW);
                    }
                }
                case 9 -> effects = server.tick(NOW + 5_000L * i);
                case 10 -> {
                    if (any.isPresent()) {
                        effects = server.recorded(any.get().id(), 1 + random.nextInt(50));
                    }
                }
                default -> {
                    Optional<AssignedJob> work =
                            any.flatMap(channel -> channels.work(channel.id())).filter(current(tip));
                    if (work.isPresent()) {
                        Mining.FromClient share = channels.submit(
                                        any.get().id(),
                                        work.get().job().id(),
                                        i,
                                        Templates.TIME,
                                        0x2000_0000L,
                                        Bytes.of(new byte[any.get().extranonceSize()]))
                                .orElseThrow();
                        effects = submit(server, share);
                        assertThat(effects).hasSize(1);
                        U256 hash = ((ServerEffect.ShareAccepted) effects.getFirst()).hash();
                        assertThat(hashes.add(hash)).isTrue();
                        assertThat(hash).isEqualTo(hashOf(work.get(), i));
                        accepted++;
                    }
                }
            }
            for (ServerEffect effect : effects) {
                if (effect instanceof ServerEffect.Send(Mining.FromServer message)) {
                    assertThat(channels.receive(message))
                            .noneMatch(received -> received instanceof ClientEffect.Violation
                                    || received instanceof ClientEffect.WorkLost);
                }
            }
            assertThat(channels.channels())
                    .extracting(ClientChannelStatus::id)
                    .containsExactlyInAnyOrderElementsOf(server.channels().stream()
                            .map(channel -> channel.id())
                            .toList());
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    /** A client with jobs of its own knows by itself when they are stale. */
    private static Predicate<AssignedJob> current(long tip) {
        return work -> work.tip().previousHash().equals(U256.of(tip));
    }

    private static U256 hashOf(AssignedJob work, long nonce) {
        return new ShareValidator()
                .hash(
                        new Submission(
                                0, 0, 0, nonce, Templates.TIME, 0x2000_0000L, Bytes.of(new byte[work.rollableSize()])),
                        work);
    }

    private static List<ServerEffect> submit(ServerChannels server, Mining.FromClient share) {
        return switch (share) {
            case SubmitSharesExtended message -> server.submit(message, ShareGate.OPEN, NOW);
            case SubmitSharesStandard message -> server.submit(message, ShareGate.OPEN, NOW);
            default -> throw new AssertionError(share);
        };
    }

    private static SetCustomMiningJob onTip(SetCustomMiningJob job, long tip) {
        return new SetCustomMiningJob(
                job.channelId(),
                job.requestId(),
                job.miningJobToken(),
                job.version(),
                U256.of(tip),
                job.minNtime(),
                job.nbits(),
                job.coinbaseTxVersion(),
                job.coinbasePrefix(),
                job.coinbaseTxInputNSequence(),
                job.coinbaseTxOutputs(),
                job.coinbaseTxLocktime(),
                job.merklePath());
    }

    /** Any message in any order, from either side: nothing is thrown. */
    @Test
    void shouldSurviveMessagesInAnyOrder() {
        Random random = new Random(77);
        JobNumbers numbers = new JobNumbers();
        for (long flags = 0; flags < 4; flags++) {
            ServerChannels server = new ServerChannels(
                    ConnectionSettings.of(flags, new ConnectionSettings.Limits(5, 4, 64, 32)),
                    new LoopResources(
                            ExtranonceAllocator.of(new ExtranonceLayout(Bytes.EMPTY, 0, 1, List.of(2, 4)), 0),
                            numbers,
                            new ShareValidator(),
                            new DoubleSha256(),
                            request -> random.nextBoolean() ? new CustomJobs.Accepted() : new CustomJobs.Deferred()),
                    JobSnapshot.EMPTY);
            Templates own =
                    new Templates(numbers, 0x207f_ffffL, 1, new ExtranonceLayout(Bytes.EMPTY, 0, 1, List.of(2, 4)));
            long tip = 0;
            for (int i = 0; i < 20_000; i++) {
                long small = random.nextInt(12);
                U256 number = U256.of(random.nextInt(3) - 1L);
                switch (random.nextInt(12)) {
                    case 0 ->
                        server.open(
                                new OpenStandardMiningChannel(small, Text.EMPTY, random.nextFloat(), number),
                                new ChannelTerms(6, 1, Target.EASIEST, Optional.empty()),
                                NOW + i);
                    case 1 ->
                        server.open(
                                new OpenExtendedMiningChannel(
                                        small,
                                        Text.EMPTY,
                                        Float.intBitsToFloat(random.nextInt()),
                                        number,
                                        random.nextInt(6)),
                                new ChannelTerms(6, 1, Target.EASIEST, Optional.empty()),
                                NOW + i);
                    case 2 ->
                        server.update(
                                new UpdateChannel(small, Float.intBitsToFloat(random.nextInt()), number), NOW + i);
                    case 3 -> server.close(new CloseChannel(small, Text.EMPTY));
                    case 4 ->
                        server.submit(
                                new SubmitSharesStandard(
                                        small, i, random.nextInt(100), i, Templates.TIME, 0x2000_0000L),
                                ShareGate.OPEN,
                                NOW + i);
                    case 5 ->
                        server.submit(
                                new SubmitSharesExtended(
                                        small,
                                        i,
                                        random.nextInt(100),
                                        i,
                                        Templates.TIME,
                                        0x2000_0000L,
                                        Bytes.of(new byte[2 * random.nextInt(3)])),
                                ShareGate.OPEN,
                                NOW + i);
                    case 6 -> server.setCustomMiningJob(onTip(customJob(small), tip), NOW + i);
                    case 7 -> server.decideCustomJob(small, 0, new CustomJobs.Accepted());
                    case 8 -> server.update(own.future());
                    case 9 -> {
                        tip = random.nextInt(3);
                        own.future();
                        server.update(own.tip(tip));
                    }
                    case 10 -> server.tick(NOW + i * 1000L);
                    default -> server.notRecorded(small, random.nextInt(3), ShareError.STORAGE_UNAVAILABLE);
                }
                assertThat(server.channels()).hasSizeLessThanOrEqualTo(5);
                if (i % 100 == 0) {
                    channels.openExtended(Text.EMPTY, 1, Target.EASIEST, 0);
                }
                channels.receive(randomMessage(random));
            }
        }
    }

    private static Mining.FromServer randomMessage(Random random) {
        long a = random.nextInt(8);
        long b = random.nextInt(8);
        Bytes bytes = Bytes.of(new byte[random.nextInt(10)]);
        OptionalLong time = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(100));
        List<Mining.FromServer> all = new ArrayList<>(List.of(
                new OpenExtendedMiningChannelSuccess(random.nextInt(900), a, U256.ZERO, random.nextInt(40), bytes, b),
                new OpenStandardMiningChannelSuccess(a, b, U256.ZERO, bytes, b),
                new OpenMiningChannelError(a, Text.EMPTY),
                new UpdateChannelError(a, Text.EMPTY),
                new CloseChannel(random.nextInt(60), Text.EMPTY),
                new SetExtranoncePrefix(a, bytes),
                new SubmitSharesSuccess(a, 1, 1, 1),
                new SubmitSharesError(a, 1, Text.EMPTY),
                new NewMiningJob(a, b, time, 1, U256.ZERO),
                new NewExtendedMiningJob(
                        a, b, time, 1, true, Collections.nCopies(random.nextInt(300), U256.ZERO), bytes, bytes),
                new SetNewPrevHash(a, b, U256.of(b), 1, random.nextInt() & 0xffff_ffffL),
                new SetCustomMiningJobSuccess(a, b, a),
                new SetCustomMiningJobError(a, b, Text.EMPTY),
                new SetTarget(a, U256.of(b)),
                new SetGroupChannel(a, List.of(b))));
        return all.get(random.nextInt(all.size()));
    }
}
