package org.ehashpool.templateprovider.node;

import java.util.OptionalInt;
import org.ehashpool.kit.bitcoin.ChainInfo;
import org.ehashpool.mining.coinbase.Network;

/**
 * The node's own account of itself.
 *
 * @param chain where it is on which chain
 * @param peers how many nodes it is connected to; empty: it does not say
 */
record NodeStatus(ChainInfo chain, OptionalInt peers) {

    /** What it means for a service that is configured for a network. */
    NodeCondition condition(Network network) {
        String expected = chainName(network);
        if (!chain.chain().equals(expected)) {
            return new NodeCondition(
                    NodeCondition.Kind.WRONG_NETWORK,
                    "the node is on chain \"" + chain.chain() + "\", the configuration says \"" + expected
                            + "\": correct node.network or node.url");
        }
        if (chain.initialDownload() && !mayStartAlone(network)) {
            return new NodeCondition(
                    NodeCondition.Kind.SYNCING,
                    "the node still downloads the chain: block " + chain.blocks() + " of at least " + chain.headers());
        }
        if (isLonely() && network == Network.MAINNET) {
            return new NodeCondition(
                    NodeCondition.Kind.NO_PEERS,
                    "the node has no peers: its tip may be old, and nobody would hear of a block");
        }
        return new NodeCondition(NodeCondition.Kind.READY, "at block " + chain.blocks());
    }

    boolean isLonely() {
        return peers.isPresent() && peers.getAsInt() == 0;
    }

    /** Where a node may be the only miner, it calls itself downloading until there is a recent block. */
    private static boolean mayStartAlone(Network network) {
        return switch (network) {
            case REGTEST, SIGNET -> true;
            case MAINNET, TESTNET3, TESTNET4 -> false;
        };
    }

    /** As getblockchaininfo names it. */
    static String chainName(Network network) {
        return switch (network) {
            case MAINNET -> "main";
            case TESTNET3 -> "test";
            case TESTNET4 -> "testnet4";
            case SIGNET -> "signet";
            case REGTEST -> "regtest";
        };
    }
}
