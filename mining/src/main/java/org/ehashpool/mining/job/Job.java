package org.ehashpool.mining.job;

import java.util.OptionalLong;
import org.ehashpool.mining.coinbase.Coinbase;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** A job as miners know it. Immutable. */
public sealed interface Job {
    /** BIP 323: the bits of the header's version that miners may change where the job allows it. */
    long VERSION_ROLLING_MASK = 0x1fff_ffe0L;

    /** Its number, unique among the valid jobs of a channel. */
    @U32
    long id();

    /** Where it came from. */
    JobOrigin origin();

    /** The header's version. */
    @U32
    long version();

    /** Whether the bits of {@link #VERSION_ROLLING_MASK} may be changed. */
    boolean versionRollingAllowed();

    /**
     * A job with a coinbase transaction around an extranonce.
     *
     * @param id its number
     * @param origin where it came from
     * @param version the header's version
     * @param versionRollingAllowed whether miners may change it
     * @param path from the coinbase transaction to the merkle root
     * @param coinbase the coinbase transaction
     * @param extranonceSize bytes of the whole extranonce that the coinbase transaction is made for
     */
    record Extended(
            @U32 long id,
            JobOrigin origin,
            @U32 long version,
            boolean versionRollingAllowed,
            MerklePath path,
            Coinbase coinbase,
            int extranonceSize)
            implements Job {

        /**
         * From an upstream server, whose whole extranonces have this size.
         *
         * @throws IllegalArgumentException if its coinbase transaction is too short to be one
         */
        public static Extended of(NewExtendedMiningJob message, int extranonceSize) {
            return new Extended(
                    message.jobId(),
                    new JobOrigin.Upstream(),
                    message.version(),
                    message.versionRollingAllowed(),
                    MerklePath.of(message.merklePath()),
                    new Coinbase(message.coinbaseTxPrefix(), message.coinbaseTxSuffix(), false),
                    extranonceSize);
        }

        /**
         * For an extended channel or a group.
         *
         * @param minimumTime empty for a future job
         */
        public NewExtendedMiningJob message(@U32 long channelId, OptionalLong minimumTime) {
            return new NewExtendedMiningJob(
                    channelId,
                    id,
                    minimumTime,
                    version,
                    versionRollingAllowed,
                    path.steps(),
                    coinbase.prefix(),
                    coinbase.suffix());
        }

        /**
         * For a standard channel: "coinbase_tx_prefix + extranonce_prefix + coinbase_tx_suffix", then the merkle path.
         *
         * @param extranonce the channel's whole extranonce
         * @param minimumTime empty for a future job
         */
        public NewMiningJob message(
                @U32 long channelId, OptionalLong minimumTime, Bytes extranonce, DoubleSha256 hasher) {
            return new NewMiningJob(channelId, id, minimumTime, version, merkleRoot(extranonce, hasher));
        }

        /** The merkle root with this whole extranonce. */
        public U256 merkleRoot(Bytes extranonce, DoubleSha256 hasher) {
            return path.root(hasher.hash(coinbase.strippedTransaction(extranonce)), hasher);
        }
    }

    /**
     * A job of which only the merkle root is known: a standard channel's, seen by the client.
     *
     * @param id its number
     * @param version the header's version, of which {@link #VERSION_ROLLING_MASK} may be changed
     * @param merkleRoot the header's merkle root
     */
    record Standard(@U32 long id, @U32 long version, U256 merkleRoot) implements Job {
        /** From an upstream server. */
        public static Standard of(NewMiningJob message) {
            return new Standard(message.jobId(), message.version(), message.merkleRoot());
        }

        @Override
        public JobOrigin origin() {
            return new JobOrigin.Upstream();
        }

        @Override
        public boolean versionRollingAllowed() {
            return true;
        }
    }
}
