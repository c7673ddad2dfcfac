package org.ehashpool.mining.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.ehashpool.mining.Vectors;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class CoinbaseTest {
    private static final Vectors SRI = Vectors.of("sri/coinbase.properties");
    private static final OutputScript PAYOUT = new OutputScript(SRI.bytes("payout.script"));
    private static final PayoutOutputs PAYOUTS = PayoutOutputs.to(PAYOUT);
    private static final Bytes TAG = Bytes.of("ehash".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    private static NewTemplate template(Bytes prefix, long value, long outputCount, Bytes outputs) {
        return new NewTemplate(
                7, false, 0x2000_0000L, 2, prefix, 0xffff_fffeL, value, outputCount, outputs, 158, List.of());
    }

    private static NewTemplate template() {
        return template(BlockHeight.push(159), 5_000_000_000L, 1, SRI.bytes("template.outputs"));
    }

    private static CoinbaseFields build(NewTemplate template, Bytes tag, int extranonceSize) {
        return ((CoinbaseFields.Built) CoinbaseFields.ofTemplate(template, PAYOUTS, tag, 0x0102_0304L, extranonceSize))
                .fields();
    }

    private static CoinbaseFields.Refusal refusal(NewTemplate template, Bytes tag, int extranonceSize) {
        return ((CoinbaseFields.Refused) CoinbaseFields.ofTemplate(template, PAYOUTS, tag, 1, extranonceSize)).reason();
    }

    @Test
    void shouldMakeTheHalvesOfTheReferenceImplementation() {
        CoinbaseFields fields = new CoinbaseFields(
                2,
                Bytes.concat(
                        SRI.bytes("template.prefix"),
                        Bytes.of((byte) SRI.text("job.tag").length()),
                        Bytes.of(SRI.text("job.tag").getBytes(java.nio.charset.StandardCharsets.US_ASCII))),
                SRI.number("template.sequence"),
                List.of(
                        new TransactionOutput(SRI.number("template.value"), PAYOUT.script()),
                        TransactionOutput.readAll(SRI.bytes("template.outputs"), 1)
                                .getFirst()),
                0);

        Coinbase coinbase = fields.aroundPushed(32);

        assertThat(coinbase.prefix()).isEqualTo(SRI.bytes("job.prefix"));
        assertThat(coinbase.suffix()).isEqualTo(SRI.bytes("job.suffix"));
        assertThat(coinbase.segregated()).isTrue();
    }

    @Test
    void shouldMakeTheHalvesOfACustomJob() {
        Bytes outputs = Bytes.concat(
                CompactSize.of(2),
                new TransactionOutput(5_000_000_000L, PAYOUT.script()).serialized(),
                SRI.bytes("template.outputs"));
        SetCustomMiningJob message = new SetCustomMiningJob(
                1,
                1,
                Bytes.of((byte) 0),
                0x2000_0000L,
                U256.ZERO,
                1746839905L,
                503543726L,
                2,
                SRI.bytes("custom.script"),
                0xffff_ffffL,
                outputs,
                0,
                List.of());

        CoinbaseFields fields = ((CoinbaseFields.Built) CoinbaseFields.ofCustomJob(message, 32)).fields();

        assertThat(fields.around(32).prefix()).isEqualTo(SRI.bytes("custom.prefix"));
        assertThat(fields.around(32).suffix()).isEqualTo(SRI.bytes("custom.suffix"));
        assertThat(CoinbaseFields.ofCustomJob(message, 53))
                .isEqualTo(new CoinbaseFields.Refused(CoinbaseFields.Refusal.SCRIPT_TOO_LONG));
    }

    @Test
    void shouldStripAndRestoreBip141Fields() {
        Coinbase coinbase = Coinbase.parse(SRI.bytes("whole.prefix"), SRI.bytes("whole.suffix"), 32);

        assertThat(coinbase).isEqualTo(new Coinbase(SRI.bytes("stripped.prefix"), SRI.bytes("stripped.suffix"), true));
        assertThat(coinbase.wholePrefix()).isEqualTo(SRI.bytes("whole.prefix"));
        assertThat(coinbase.wholeSuffix()).isEqualTo(SRI.bytes("whole.suffix"));
    }

    @Test
    void shouldLeaveStrippedHalvesAlone() {
        assertThat(Coinbase.parse(SRI.bytes("stripped.prefix"), SRI.bytes("stripped.suffix"), 32))
                .isEqualTo(new Coinbase(SRI.bytes("stripped.prefix"), SRI.bytes("stripped.suffix"), false));
        assertThat(Coinbase.parse(SRI.bytes("braiins.prefix"), SRI.bytes("braiins.suffix"), 6)
                        .segregated())
                .isFalse();
    }

    @Test
    void shouldRefuseHalvesThatAreNoCoinbaseAtEveryTruncation() {
        Bytes prefix = SRI.bytes("whole.prefix");
        Bytes suffix = SRI.bytes("whole.suffix");
        for (int i = 0; i < prefix.length(); i++) {
            Bytes cut = prefix.slice(0, i);
            assertThatExceptionOfType(MalformedDataException.class).isThrownBy(() -> Coinbase.parse(cut, suffix, 32));
        }
        for (int i = 0; i < suffix.length(); i++) {
            Bytes cut = suffix.slice(0, i);
            assertThatExceptionOfType(MalformedDataException.class).isThrownBy(() -> Coinbase.parse(prefix, cut, 32));
        }
    }

    @Test
    void shouldRefuseAnExtranonceOutsideTheScript() {
        Bytes prefix = SRI.bytes("stripped.prefix");
        Bytes suffix = SRI.bytes("stripped.suffix");
        Bytes whole = Bytes.concat(prefix, Bytes.of(new byte[32]), suffix);

        for (int start = 4; start < 42; start++) {
            int from = start;
            assertThatExceptionOfType(MalformedDataException.class)
                    .isThrownBy(() ->
                            Coinbase.parse(whole.slice(0, from), whole.slice(from + 1, whole.length() - from - 1), 1));
        }
    }

    @Test
    void shouldRefuseAWitnessThatIsNotZero() {
        byte[] suffix = SRI.bytes("whole.suffix").toByteArray();
        suffix[suffix.length - 10] = 1;

        assertThatExceptionOfType(MalformedDataException.class)
                .isThrownBy(() -> Coinbase.parse(SRI.bytes("whole.prefix"), Bytes.of(suffix), 32));
    }

    @Test
    void shouldBuildATransactionThatParsesBack() {
        CoinbaseFields fields = build(template(), TAG, 14);
        Bytes extranonce = Bytes.fromHex("0102030405060708090a0b0c0d0e");

        RawTransaction transaction =
                RawTransaction.parse(fields.aroundPushed(14).transaction(extranonce));

        assertThat(transaction.isCoinbase()).isTrue();
        assertThat(transaction.lockTime()).isEqualTo(158);
        assertThat(transaction.inputs().getFirst().sequence()).isEqualTo(0xffff_fffeL);
        assertThat(transaction.inputs().getFirst().script())
                .isEqualTo(Bytes.fromHex("029f00" + "05" + TAG.toHex() + "0404030201" + "0e" + extranonce.toHex()));
        assertThat(transaction.witnesses()).containsExactly(List.of(Bytes.of(new byte[32])));
        assertThat(transaction.outputs())
                .containsExactly(
                        new TransactionOutput(5_000_000_000L, PAYOUT.script()),
                        TransactionOutput.readAll(SRI.bytes("template.outputs"), 1)
                                .getFirst());
        assertThat(transaction.stripped()).isEqualTo(fields.aroundPushed(14).strippedTransaction(extranonce));
        assertThat(fields.height()).contains(159);
        assertThat(BlockHeight.obeysBip54(159, fields.lockTime(), fields.sequence()))
                .isTrue();
    }

    @Test
    void shouldHaveNoWitnessWithoutACommitment() {
        CoinbaseFields fields = build(template(BlockHeight.push(1), 50, 0, Bytes.EMPTY), TAG, 14);

        assertThat(fields.aroundPushed(14).segregated()).isFalse();
        assertThat(RawTransaction.parse(fields.aroundPushed(14).transaction(Bytes.of(new byte[14])))
                        .hasWitness())
                .isFalse();
    }

    @Test
    void shouldChangeNothingButTheJobNumber() {
        Coinbase before = build(template(), TAG, 14).aroundPushed(14);
        Coinbase after = build(template(), TAG, 14).withJobNumber(0xffff_ffffL).aroundPushed(14);

        assertThat(after.suffix()).isEqualTo(before.suffix());
        assertThat(after.prefix().toHex())
                .isEqualTo(before.prefix().toHex().replace("0404030201", "04ffffffff"))
                .isNotEqualTo(before.prefix().toHex());
    }

    @Test
    void shouldFillTheScriptToTheLastByteAndNoFurther() {
        Bytes prefix = Bytes.of(new byte[8]);
        Bytes tag = Bytes.of(new byte[100 - 8 - 1 - 5 - 1 - 32]);

        Coinbase coinbase = build(template(prefix, 1, 1, SRI.bytes("template.outputs")), tag, 32)
                .aroundPushed(32);

        assertThat(RawTransaction.parse(coinbase.transaction(Bytes.of(new byte[32])))
                        .inputs()
                        .getFirst()
                        .script()
                        .length())
                .isEqualTo(100);
        assertThat(refusal(template(prefix, 1, 1, SRI.bytes("template.outputs")), Bytes.concat(tag, TAG), 32))
                .isEqualTo(CoinbaseFields.Refusal.SCRIPT_TOO_LONG);
    }

    @Test
    void shouldRefuseTemplatesThatLie() {
        Bytes outputs = SRI.bytes("template.outputs");
        assertThat(refusal(template(Bytes.of(new byte[9]), 1, 1, outputs), TAG, 14))
                .isEqualTo(CoinbaseFields.Refusal.PREFIX_TOO_LONG);
        for (long count : new long[] {0, 2, 0xffff_ffffL}) {
            assertThat(refusal(template(Bytes.EMPTY, 1, count, outputs), TAG, 14))
                    .isEqualTo(CoinbaseFields.Refusal.INVALID_OUTPUTS);
        }
        for (int i = 0; i < outputs.length(); i++) {
            assertThat(refusal(template(Bytes.EMPTY, 1, 1, outputs.slice(0, i)), TAG, 14))
                    .isEqualTo(CoinbaseFields.Refusal.INVALID_OUTPUTS);
        }
        for (long value : new long[] {-1, TransactionOutput.MAX_MONEY + 1, Long.MIN_VALUE}) {
            assertThat(refusal(template(Bytes.EMPTY, value, 1, outputs), TAG, 14))
                    .isEqualTo(CoinbaseFields.Refusal.INVALID_VALUE);
        }
        Bytes large = new TransactionOutput(0, Bytes.of(new byte[65_400])).serialized();
        assertThat(refusal(template(Bytes.EMPTY, 1, 1, large), TAG, 14)).isEqualTo(CoinbaseFields.Refusal.TOO_LARGE);
    }
}
