package org.ehashpool.translator.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.ShareReports;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.sv1.Line;
import org.ehashpool.translator.sv1.Sv1Error;
import org.ehashpool.translator.work.Work;
import org.junit.jupiter.api.Test;

final class MinerStatsTest {
    private static final Target TARGET = Target.ofDifficulty(8);
    private static final Work WORK = new Work(U256.ZERO, Bytes.EMPTY, Bytes.EMPTY, List.of(), 0, 0, 0, 0, TARGET);

    private final List<StatsEvent> told = new ArrayList<>();
    private final ShareReports reports = new ShareReports(told::add);
    private final MinerStats stats = new MinerStats(
            told::add, reports, new MinerMetrics(ServiceMetrics.create("translator", "test")), () -> Instant.EPOCH);

    @Test
    void shouldTellOfAMinerAsADownstreamWithAChannel() {
        stats.mining(new StubWire(), "02ab.rig1", "bmminer/2.0");
        stats.accepted(WORK);
        stats.accepted(WORK);
        stats.refused(Sv1Error.JOB_NOT_FOUND);
        stats.unconfirmed();
        assertThat(told).hasSize(2);
        stats.ended(EndReason.SHUTDOWN);
        stats.ended(EndReason.SHUTDOWN);

        assertThat(told)
                .containsExactly(
                        new StatsEvent.DownstreamConnected(5, "miner", "192.0.2.1:4000", "bmminer/2.0", "02ab.rig1", 0),
                        new StatsEvent.ChannelOpened(5, 1, "sv1", "02ab.rig1", 0),
                        new StatsEvent.ShareAccepted(5, 1, 2, TARGET.work().add(TARGET.work())),
                        new StatsEvent.ShareRejected(5, 1, "job-not-found", 1),
                        new StatsEvent.DownstreamDisconnected(5, EndReason.SHUTDOWN.label()));
    }

    @Test
    void shouldSayNothingOfAConnectionThatNeverMined() {
        stats.refused(Sv1Error.UNAUTHORIZED);
        stats.ended(EndReason.SHUTDOWN);

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellAnyNameInAPrintableForm() {
        stats.mining(new StubWire(), "a\0b".repeat(1_000), "");

        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isInstanceOfSatisfying(StatsEvent.DownstreamConnected.class, connected -> {
            assertThat(connected.vendor()).isNull();
            assertThat(connected.user()).startsWith("a").doesNotContain("\0").hasSizeLessThan(1_025);
        });
    }

    private static final class StubWire implements Wire {
        @Override
        public long id() {
            return 5;
        }

        @Override
        public InetSocketAddress peer() {
            return new InetSocketAddress("192.0.2.1", 4_000);
        }

        @Override
        public Instant connectedAt() {
            return Instant.EPOCH;
        }

        @Override
        public boolean tls() {
            return false;
        }

        @Override
        public void send(Line line) {
            throw new AssertionError("nothing is to be sent");
        }

        @Override
        public void end(EndReason reason) {
            throw new AssertionError("nothing is to end");
        }

        @Override
        public void authorized() {
            throw new AssertionError("nobody is authorised here");
        }

        @Override
        public void silence() {
            throw new AssertionError("nothing is to be silenced");
        }

        @Override
        public void handled() {
            throw new AssertionError("nothing is to be handled");
        }
    }
}
