package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.type.U256;

/** A miner that does nothing wrong, and must never notice that others do. */
final class GoodMiner implements AutoCloseable {
    private final ScriptedMiner miner;
    private final long extended;
    private final long standard;

    private GoodMiner(ScriptedMiner miner) {
        this.miner = miner;
        extended = miner.openExtended("easy.good", 8).id();
        standard = miner.openStandard("easy.good").id();
    }

    /** Connects, opens channels, and has shares accepted. */
    static GoodMiner on(Sv2Url pool) throws IOException, NoiseException {
        GoodMiner good = new GoodMiner(ScriptedMiner.connect(pool));
        good.assertUnharmed();
        return good;
    }

    /** A channel of its connection. */
    long channelId() {
        return extended;
    }

    /** Its shares are accepted, and nothing it ever received was an error. */
    void assertUnharmed() {
        assertThat(miner.mine(extended).newSubmitsAcceptedCount()).isEqualTo(1);
        assertThat(miner.mine(standard).newSubmitsAcceptedCount()).isEqualTo(1);
        miner.received().assertNone(SubmitSharesError.class);
        miner.received().assertNone(OpenMiningChannelError.class);
        miner.received().assertNone(CloseChannel.class);
        assertThat(miner.violations()).isEmpty();
        assertThat(miner.peer().hasEnded()).isFalse();
    }

    /** It gets work on that previous hash on both channels, and its shares for it are accepted. */
    void assertWorksOn(U256 previousHash) {
        miner.awaitWork(extended, previousHash);
        miner.awaitWork(standard, previousHash);
        assertUnharmed();
    }

    @Override
    public void close() {
        miner.close();
    }
}
