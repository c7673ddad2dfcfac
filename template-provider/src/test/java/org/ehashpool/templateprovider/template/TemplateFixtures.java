package org.ehashpool.templateprovider.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** Templates with real transactions in them, though they spend coins that nobody has. */
public final class TemplateFixtures {
    public static final long EASY_BITS = 0x207f_ffffL;
    public static final long SUBSIDY = 5_000_000_000L;

    private static final DoubleSha256 HASHER = new DoubleSha256();

    private TemplateFixtures() {}

    /** A block's hash that is as good as any. */
    public static U256 hash(int number) {
        return HASHER.hash(Bytes.of((byte) number, (byte) (number >>> 8)));
    }

    /** A template of a height, on a tip named by a number. */
    public static BlockTemplate template(int height, int tip, List<BlockTemplate.Transaction> transactions) {
        long fees =
                transactions.stream().mapToLong(BlockTemplate.Transaction::fee).sum();
        return new BlockTemplate(
                0x2000_0000L,
                hash(tip),
                height,
                EASY_BITS,
                1_700_000_000L,
                1_699_999_000L,
                SUBSIDY + fees,
                4_000_000,
                80_000,
                hash(tip).toHex() + transactions.size(),
                transactions);
    }

    /** A transaction of its own, padded by an output script, with a witness. */
    public static BlockTemplate.Transaction transaction(
            Random random, long fee, int padding, int sigops, List<Integer> parents) {
        byte[] previous = new byte[32];
        random.nextBytes(previous);
        byte[] script = new byte[padding];
        Bytes data = Bytes.concat(
                Bytes.fromHex("02000000" + "0001" + "01"),
                Bytes.of(previous),
                Bytes.fromHex("00000000" + "00" + "ffffffff" + "01"),
                new TransactionOutput(1_000, Bytes.of(script)).serialized(),
                CompactSize.of(1),
                CompactSize.of(3),
                Bytes.fromHex("010203"),
                Bytes.fromHex("00000000"));
        RawTransaction parsed = RawTransaction.parse(data);
        return new BlockTemplate.Transaction(
                data, parsed.id(HASHER), parsed.witnessId(HASHER), fee, parsed.weight(), sigops, parents);
    }

    /** So many transactions, some with earlier ones for parents. */
    public static List<BlockTemplate.Transaction> transactions(Random random, int count, int largestPadding) {
        List<BlockTemplate.Transaction> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> parents = i > 0 && random.nextInt(3) == 0 ? List.of(random.nextInt(i)) : List.of();
            list.add(transaction(
                    random, random.nextInt(10_000), random.nextInt(largestPadding), random.nextInt(40), parents));
        }
        return list;
    }
}
