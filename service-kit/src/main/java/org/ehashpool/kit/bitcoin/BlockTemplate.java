package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * What getblocktemplate says (BIP 22, 23, 145). Amounts are satoshis.
 *
 * @param version nVersion of the header
 * @param previousHash the block to build on
 * @param height of the block to be
 * @param bits the network's target in compact form
 * @param currentTime the node's time, seconds since 1970, not below {@code minimumTime}
 * @param minimumTime the smallest valid header time
 * @param coinbaseValue subsidy and all fees
 * @param weightLimit of the block
 * @param sigopLimit of the block, as BIP 141 counts cost
 * @param longPollId names this template for a long poll
 * @param transactions without the coinbase; parents before their children
 */
public record BlockTemplate(
        @U32 long version,
        U256 previousHash,
        int height,
        @U32 long bits,
        @U32 long currentTime,
        @U32 long minimumTime,
        long coinbaseValue,
        long weightLimit,
        long sigopLimit,
        String longPollId,
        List<Transaction> transactions) {
    private static final long MAX_MONEY = 2_100_000_000_000_000L;
    private static final long U32_MAX = 0xffff_ffffL;
    private static final int MAX_SIZE = 4_000_000;
    /** More do not fit a block. */
    private static final int MAX_TRANSACTIONS = 70_000;

    /** With the list as it is now. */
    public BlockTemplate {
        transactions = List.copyOf(transactions);
    }

    /**
     * A transaction of the template.
     *
     * @param data serialised with its witnesses
     * @param id double SHA-256 without witnesses
     * @param witnessId double SHA-256 with them
     * @param fee what it pays, satoshis
     * @param weight BIP 141
     * @param sigopCost BIP 141
     * @param parents places in the list, from 0, of those that must come before it
     */
    public record Transaction(
            Bytes data, U256 id, U256 witnessId, long fee, int weight, int sigopCost, List<Integer> parents) {
        /** With the list as it is now. */
        public Transaction {
            parents = List.copyOf(parents);
        }
    }

    /** All fees together. */
    public long fees() {
        return transactions.stream().mapToLong(Transaction::fee).sum();
    }

    /** What the block creates: the coinbase value without the fees. */
    public long subsidy() {
        return coinbaseValue - fees();
    }

    /** The same with other transactions. */
    public BlockTemplate withTransactions(List<Transaction> others) {
        return new BlockTemplate(
                version,
                previousHash,
                height,
                bits,
                currentTime,
                minimumTime,
                coinbaseValue,
                weightLimit,
                sigopLimit,
                longPollId,
                others);
    }

    /**
     * Reads a result of getblocktemplate.
     *
     * @throws IllegalArgumentException naming what is missing or out of range
     */
    static BlockTemplate of(JsonNode result) {
        JsonNode listed = result.path("transactions");
        if (!listed.isArray() || listed.size() > MAX_TRANSACTIONS) {
            throw new IllegalArgumentException("transactions: a list expected");
        }
        List<Transaction> transactions = new ArrayList<>(listed.size());
        Map<U256, Integer> seen = new HashMap<>();
        for (JsonNode node : listed) {
            Transaction transaction = transaction(node, transactions.size());
            if (seen.put(transaction.id(), transactions.size()) != null) {
                throw new IllegalArgumentException("transaction " + transaction.id() + " twice");
            }
            transactions.add(transaction);
        }
        BlockTemplate template = new BlockTemplate(
                number(result, "version", Integer.MIN_VALUE, U32_MAX) & U32_MAX,
                U256.fromHex(text(result, "previousblockhash")),
                (int) number(result, "height", 1, Integer.MAX_VALUE - 1L),
                bits(result),
                number(result, "curtime", 0, U32_MAX),
                number(result, "mintime", 0, U32_MAX),
                number(result, "coinbasevalue", 0, MAX_MONEY),
                number(result, "weightlimit", 1, MAX_SIZE),
                number(result, "sigoplimit", 1, U32_MAX),
                text(result, "longpollid"),
                transactions);
        if (template.subsidy() < 0) {
            throw new IllegalArgumentException("coinbasevalue is less than the fees");
        }
        return template;
    }

    private static Transaction transaction(JsonNode node, int index) {
        List<Integer> parents = new ArrayList<>();
        for (JsonNode depends : node.path("depends")) {
            int parent = depends.asInt();
            if (parent < 1 || parent > index) {
                throw new IllegalArgumentException("transaction " + index + " depends on " + depends);
            }
            parents.add(parent - 1);
        }
        return new Transaction(
                Bytes.fromHex(text(node, "data")),
                U256.fromHex(text(node, "txid")),
                U256.fromHex(text(node, "hash")),
                number(node, "fee", 0, MAX_MONEY),
                (int) number(node, "weight", 1, MAX_SIZE),
                (int) number(node, "sigops", 0, MAX_SIZE),
                parents);
    }

    static @U32 long bits(JsonNode node) {
        String text = text(node, "bits");
        if (text.length() != 8) {
            throw new IllegalArgumentException("bits: 8 digits expected");
        }
        return Integer.toUnsignedLong(HexFormat.fromHexDigits(text));
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": a text expected");
        }
        return value.textValue();
    }

    static long number(JsonNode node, String name, long least, long most) {
        JsonNode value = node.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": a number expected");
        }
        BigDecimal exact = value.decimalValue();
        if (exact.compareTo(BigDecimal.valueOf(least)) < 0 || exact.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException(name + ": " + least + " to " + most + " expected");
        }
        return exact.longValueExact();
    }
}
