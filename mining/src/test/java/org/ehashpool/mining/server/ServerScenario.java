package org.ehashpool.mining.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.Templates;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** A server with templates, and what its clients say. */
abstract class ServerScenario {
    static final long NOW = Templates.TIME * 1000;
    static final long HARD = 0x1d00_ffffL;
    static final long REGTEST = 0x207f_ffffL;
    static final Text USER = Text.of("alice.rig1");
    static final Bytes ROLL = Bytes.fromHex("0011223344556677");
    static final ChannelTerms EASY = new ChannelTerms(6, 1e9, Target.EASIEST, Optional.of(Target.EASIEST));
    static final ChannelTerms VARIABLE = new ChannelTerms(6, 1e9, Target.EASIEST, Optional.empty());

    final JobNumbers numbers = new JobNumbers();
    final ExtranonceAllocator allocator = ExtranonceAllocator.of(ExtranonceLayout.POOL, 3);
    Templates templates = new Templates(numbers, HARD, 2);

    ServerChannels connection(long flags) {
        return connection(flags, CustomJobs.UNSUPPORTED, ConnectionSettings.Limits.DEFAULT);
    }

    ServerChannels connection(long flags, CustomJobs customJobs, ConnectionSettings.Limits limits) {
        return new ServerChannels(
                ConnectionSettings.of(flags, limits),
                new LoopResources(allocator, numbers, new ShareValidator(), new DoubleSha256(), customJobs),
                templates.jobs().snapshot());
    }

    static OpenStandardMiningChannel standard(int requestId) {
        return new OpenStandardMiningChannel(requestId, USER, 1e9f, U256.MAX_VALUE);
    }

    static OpenExtendedMiningChannel extended(int requestId, int minExtranonceSize) {
        return new OpenExtendedMiningChannel(requestId, USER, 1e9f, U256.MAX_VALUE, minExtranonceSize);
    }

    static List<Mining.FromServer> sent(List<ServerEffect> effects) {
        List<Mining.FromServer> messages = new ArrayList<>();
        for (ServerEffect effect : effects) {
            if (effect instanceof ServerEffect.Send(Mining.FromServer message)) {
                messages.add(message);
            }
        }
        return messages;
    }

    static long openExtended(ServerChannels channels, ChannelTerms terms) {
        return ((OpenExtendedMiningChannelSuccess)
                        sent(channels.open(extended(1, 8), terms, NOW)).getFirst())
                .channelId();
    }

    void mine() {
        templates.future();
        templates.tip(1);
    }

    static SubmitSharesExtended share(long channel, long sequence, long job, long nonce) {
        return new SubmitSharesExtended(channel, sequence, job, nonce, Templates.TIME, 0x2000_0000L, ROLL);
    }

    long activeJob() {
        return templates.jobs().snapshot().active().orElseThrow().job().id();
    }
}
