package org.ehashpool.mining.coinbase;

import fr.acinq.bitcoin.BlockHash;
import fr.acinq.bitcoin.Chain;
import org.ehashpool.sv2.type.U256;

/** A Bitcoin network, told apart by its first block. */
public enum Network {
    /** The network whose coins have a price. */
    MAINNET,
    /** The third test network. */
    TESTNET3,
    /** The fourth test network, BIP 94. */
    TESTNET4,
    /** The default signet, BIP 325. */
    SIGNET,
    /** A network of one's own. */
    REGTEST;

    /** The hash of its first block. */
    public U256 genesisHash() {
        return U256.fromLittleEndian(chainHash().value.toByteArray(), 0);
    }

    BlockHash chainHash() {
        Chain chain =
                switch (this) {
                    case MAINNET -> Chain.Mainnet.INSTANCE;
                    case TESTNET3 -> Chain.Testnet3.INSTANCE;
                    case TESTNET4 -> Chain.Testnet4.INSTANCE;
                    case SIGNET -> Chain.Signet.INSTANCE;
                    case REGTEST -> Chain.Regtest.INSTANCE;
                };
        return chain.getChainHash();
    }
}
