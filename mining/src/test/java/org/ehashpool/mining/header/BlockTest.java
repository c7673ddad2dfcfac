package org.ehashpool.mining.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.ehashpool.mining.Vectors;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    private static final Bytes BLOCK_170 = Vectors.hexFile("bitcoin/block-170.hex");
    private final DoubleSha256 hasher = new DoubleSha256();

    @Test
    void shouldParseAndAcceptBlock170() {
        Block block = Block.parse(BLOCK_170);

        assertThat(block.header().hash(hasher).toHex())
                .isEqualTo("00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee");
        assertThat(block.transactions().get(1).id(hasher).toHex())
                .isEqualTo("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
        assertThat(block.check(hasher)).isEmpty();
        assertThat(block.weight()).isEqualTo(4L * BLOCK_170.length());
    }

    @Test
    void shouldAssembleBlock170FromItsParts() {
        Block block = Block.parse(BLOCK_170);

        Bytes assembled = Block.assemble(
                block.header(),
                block.transactions().getFirst().serialized(),
                List.of(block.transactions().get(1).serialized()));

        assertThat(assembled).isEqualTo(BLOCK_170);
    }

    @ParameterizedTest
    @ValueSource(ints = {630901, 631076})
    void shouldFoldTheCoinbaseOfRealBlocksToTheirMerkleRoot(int height) {
        Vectors vector = Vectors.of("bitcoin/block-" + height + ".properties");
        BlockHeader header = BlockHeader.parse(vector.bytes("header"));
        RawTransaction coinbase = RawTransaction.parse(vector.bytes("coinbase"));
        MerklePath path = MerklePath.of(vector.rawHashes("path"));

        assertThat(header.hash(hasher)).isEqualTo(vector.hash("hash"));
        assertThat(header.serialized()).isEqualTo(vector.bytes("header"));
        assertThat(coinbase.isCoinbase()).isTrue();
        assertThat(BlockHeight.read(coinbase.inputs().getFirst().script())).hasValue(height);
        assertThat(path.root(coinbase.id(hasher), hasher)).isEqualTo(header.merkleRoot());
        assertThat(Target.ofCompactBits(header.bits()).orElseThrow().isMetBy(header.hash(hasher)))
                .isTrue();
    }

    @Test
    void shouldFindEveryChangedBitOfBlock170() {
        for (int i = 0; i < 8 * BLOCK_170.length(); i += 3) {
            byte[] changed = BLOCK_170.toByteArray();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThat(isFaultless(Bytes.of(changed))).as("bit %d", i).isFalse();
        }
    }

    private boolean isFaultless(Bytes bytes) {
        try {
            return Block.parse(bytes).check(hasher).isEmpty();
        } catch (MalformedDataException e) {
            return false;
        }
    }

    @Test
    void shouldRefuseEveryTruncationAndAnyAddition() {
        for (int i = 0; i < BLOCK_170.length(); i++) {
            Bytes cut = BLOCK_170.slice(0, i);
            assertThatExceptionOfType(MalformedDataException.class).isThrownBy(() -> Block.parse(cut));
        }
        assertThatExceptionOfType(MalformedDataException.class)
                .isThrownBy(() -> Block.parse(Bytes.concat(BLOCK_170, Bytes.of((byte) 0))));
        assertThatIllegalArgumentException().isThrownBy(() -> BlockHeader.parse(BLOCK_170));
    }

    @Test
    void shouldOnlyEverCallGarbageMalformed() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = BLOCK_170.toByteArray();
            for (int j = 0; j < 1 + random.nextInt(6); j++) {
                garbage[80 + random.nextInt(garbage.length - 80)] =
                        (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            assertThat(isFaultless(Bytes.of(garbage).slice(0, 80 + random.nextInt(garbage.length - 80))))
                    .isFalse();
        }
    }

    @Test
    void shouldCheckTheWitnessCommitmentOfAMinedBlock() {
        RawTransaction payment = witnessPayment();
        U256 commitment = Block.witnessCommitment(List.of(payment.witnessId(hasher)), U256.ZERO, hasher);
        Block good = mined(commitment, payment);

        assertThat(good.check(hasher)).isEmpty();
        assertThat(Block.parse(Block.assemble(
                                good.header(),
                                good.transactions().getFirst().serialized(),
                                List.of(payment.serialized())))
                        .check(hasher))
                .isEmpty();
        assertThat(mined(U256.of(1), payment).check(hasher)).contains(Block.Fault.WITNESS_COMMITMENT);
    }

    @Test
    void shouldRefuseWitnessesThatNothingCommitsTo() {
        RawTransaction payment = witnessPayment();
        CoinbaseFields fields = new CoinbaseFields(
                2, BlockHeight.push(200), 0, List.of(new TransactionOutput(1, Bytes.fromHex("51"))), 0);

        assertThat(mined(fields, payment).check(hasher)).contains(Block.Fault.WITNESS_COMMITMENT);
    }

    @Test
    void shouldRefuseASecondCoinbaseAndDoubledTransactions() {
        Block block = Block.parse(BLOCK_170);
        RawTransaction coinbase = block.transactions().getFirst();
        RawTransaction payment = block.transactions().get(1);

        assertThat(new Block(block.header(), List.of(coinbase, coinbase)).check(hasher))
                .contains(Block.Fault.COINBASE);
        assertThat(new Block(block.header(), List.of(payment)).check(hasher)).contains(Block.Fault.COINBASE);
        assertThat(new Block(block.header(), List.of()).check(hasher)).contains(Block.Fault.COINBASE);
        assertThat(mined(oneOutput(), payment, payment, payment).check(hasher)).contains(Block.Fault.MERKLE_ROOT);
    }

    private static CoinbaseFields oneOutput() {
        return new CoinbaseFields(
                2, BlockHeight.push(200), 0, List.of(new TransactionOutput(1, Bytes.fromHex("51"))), 0);
    }

    private static RawTransaction witnessPayment() {
        return RawTransaction.parse(Bytes.fromHex("01000000000101" + "11".repeat(32) + "00000000" + "00" + "ffffffff"
                + "01" + "0100000000000000" + "0151" + "01" + "02abcd" + "00000000"));
    }

    private Block mined(U256 commitment, RawTransaction payment) {
        Bytes script = Bytes.concat(Block.WITNESS_COMMITMENT_HEADER, commitment.toLittleEndian());
        return mined(
                new CoinbaseFields(
                        2,
                        BlockHeight.push(200),
                        0,
                        List.of(new TransactionOutput(1, Bytes.fromHex("51")), new TransactionOutput(0, script)),
                        199),
                payment);
    }

    private Block mined(CoinbaseFields fields, RawTransaction... payments) {
        RawTransaction coinbase =
                RawTransaction.parse(fields.aroundPushed(8).transaction(Bytes.fromHex("0011223344556677")));
        List<U256> ids = java.util.Arrays.stream(payments)
                .map(payment -> payment.id(hasher))
                .toList();
        U256 root = MerklePath.ofTransactions(ids, hasher).root(coinbase.id(hasher), hasher);
        Target target = Target.ofCompactBits(0x207f_ffffL).orElseThrow();
        BlockHeader header;
        long nonce = 0;
        do {
            header = new BlockHeader(0x2000_0000L, U256.of(5), root, 1_700_000_000L, 0x207f_ffffL, nonce++);
        } while (!target.isMetBy(header.hash(hasher)));
        List<RawTransaction> all = new java.util.ArrayList<>(List.of(coinbase));
        all.addAll(List.of(payments));
        return new Block(header, all);
    }
}
