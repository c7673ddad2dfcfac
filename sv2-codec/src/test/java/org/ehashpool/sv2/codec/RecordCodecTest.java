package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.ehashpool.sv2.message.WireName;
import org.ehashpool.sv2.type.B0_16M;
import org.ehashpool.sv2.type.B0_255;
import org.ehashpool.sv2.type.B0_32;
import org.ehashpool.sv2.type.B0_64K;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.F32;
import org.ehashpool.sv2.type.PubKey;
import org.ehashpool.sv2.type.Seq0_255;
import org.ehashpool.sv2.type.Seq0_64K;
import org.ehashpool.sv2.type.Signature;
import org.ehashpool.sv2.type.Str0_255;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U16;
import org.ehashpool.sv2.type.U24;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;
import org.ehashpool.sv2.type.U8;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    record Leaves(
            boolean bool,
            @U8 int u8,
            @U16 int u16,
            @U24 int u24,
            @U32 long u32,
            @U64 long u64,
            @F32 float f32,
            U256 u256,
            @Str0_255 Text str,
            @B0_32 Bytes b032,
            @B0_255 Bytes b0255,
            @B0_64K Bytes b064K,
            @B0_16M Bytes b016M,
            @PubKey Bytes pubKey,
            @Signature Bytes signature) {}

    record Inner(@U16 int number, @Seq0_255 List<Boolean> flags) {}

    record Nested(
            @Seq0_64K List<@Seq0_255 List<@U24 Integer>> lists,
            @Seq0_255 List<Inner> records,
            Optional<Inner> record,
            Optional<@Str0_255 Text> text,
            Optional<@Seq0_255 List<@U64 Long>> numbers,
            @U64 OptionalLong number,
            @Seq0_255 List<Optional<@F32 Float>> rates,
            Inner plain,
            @WireName("nLast") @U8 int last) {}

    record Empty() {}

    record Unannotated(int number) {}

    record WrongWidth(@U32 int number) {}

    record TwoWidths(@U8 @U16 int number) {}

    record UncountedList(List<U256> list) {}

    record UnannotatedElement(@Seq0_255 List<Long> list) {}

    record ForeignType(String text) {}

    record ElementsWithoutBytes(@Seq0_255 List<Empty> list) {}

    @Test
    void shouldWriteEachLeafInItsWidth() {
        Leaves leaves = new Leaves(
                true,
                0x12,
                0x1234,
                0x123456,
                0x12345678L,
                0x123456789abcdef0L,
                1.0f,
                U256.fromHex("00".repeat(31) + "07"),
                Text.of("ab"),
                Bytes.fromHex("c0"),
                Bytes.fromHex("c1c2"),
                Bytes.fromHex("c3"),
                Bytes.fromHex("c4"),
                Bytes.fromHex("11".repeat(32)),
                Bytes.fromHex("22".repeat(64)));
        String expected = "01" + "12" + "3412" + "563412" + "78563412" + "f0debc9a78563412" + "0000803f"
                + ("07" + "00".repeat(31)) + "026162" + "01c0" + "02c1c2" + "0100c3" + "010000c4" + "11".repeat(32)
                + "22".repeat(64);
        RecordCodec codec = RecordCodec.of(Leaves.class);
        assertThat(HexFormat.of().formatHex(write(codec, leaves))).isEqualTo(expected);
        assertThat(codec.read(input(HexFormat.of().parseHex(expected)))).isEqualTo(leaves);
    }

    @Test
    void shouldReadWhatItWroteWhenTypesAreNested() {
        RecordCodec codec = RecordCodec.of(Nested.class);
        MessageGenerator generator = new MessageGenerator(new Random(1));
        for (int round = 0; round < 500; round++) {
            Object record = generator.randomRecord(Nested.class);
            byte[] bytes = write(codec, record);
            assertThat(codec.read(input(bytes))).isEqualTo(record);
            byte[] truncated = Arrays.copyOf(bytes, bytes.length - 1);
            assertThatExceptionOfType(FieldException.class).isThrownBy(() -> codec.read(input(truncated)));
        }
    }

    @Test
    void shouldDescribeFieldsInTheSpecificationsTerms() {
        assertThat(RecordCodec.of(Nested.class).layout().fields())
                .extracting(field -> field.name() + " " + field.type())
                .containsExactly(
                        "lists SEQ0_64K[SEQ0_255[U24]]",
                        "records SEQ0_255[Inner]",
                        "record OPTION[Inner]",
                        "text OPTION[STR0_255]",
                        "numbers OPTION[SEQ0_255[U64]]",
                        "number OPTION[U64]",
                        "rates SEQ0_255[OPTION[F32]]",
                        "plain Inner",
                        "nLast U8");
    }

    @Test
    void shouldGiveThePathWhenNestedElementIsMalformed() {
        RecordCodec codec = RecordCodec.of(Nested.class);
        assertPath(codec, "0200" + "00" + "02" + "010000" + "0200", "lists[1]");
        assertPath(codec, "0000" + "00" + "00" + "00" + "00" + "00" + "02" + "00" + "02", "rates[1]");
        assertPath(codec, "0000" + "01" + "0100" + "02" + "01", "records[0].flags");
        assertPath(codec, "0000" + "00" + "01" + "0100" + "05", "record.flags");
        assertPath(codec, "0000" + "00" + "02", "record");
        assertPath(codec, "0000" + "00" + "00" + "00" + "00" + "00" + "00" + "05", "plain.number");
        assertPath(codec, "0000" + "00" + "00" + "00" + "00" + "00" + "00" + "0500" + "00", "nLast");
    }

    @Test
    void shouldJoinIndicesAndNamesToAPath() {
        FieldException failure = new FieldException(7, "reason");
        assertThat(failure.within(3).within(1).within("hashes").within("jobs").path())
                .isEqualTo("jobs.hashes[1][3]");
    }

    @Test
    void shouldRefuseToDeriveWhenTypeHasNoOneWidth() {
        for (Class<?> record : List.of(
                Unannotated.class,
                WrongWidth.class,
                TwoWidths.class,
                UncountedList.class,
                UnannotatedElement.class,
                ForeignType.class,
                ElementsWithoutBytes.class)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordCodec.of(record))
                    .withMessageStartingWith(record.getName() + ".");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(String.class));
    }

    @Test
    void shouldDeriveOnce() {
        assertThat(RecordCodec.of(Nested.class)).isSameAs(RecordCodec.of(Nested.class));
    }

    private static void assertPath(RecordCodec codec, String hex, String path) {
        assertThatExceptionOfType(FieldException.class)
                .isThrownBy(() -> codec.read(input(HexFormat.of().parseHex(hex))))
                .matches(e -> e.path().equals(path), "path " + path);
    }

    private static byte[] write(RecordCodec codec, Object record) {
        byte[] bytes = new byte[(int) codec.length(record)];
        Output out = new Output(bytes, 0);
        codec.write(record, out);
        assertThat(out.position()).isEqualTo(bytes.length);
        return bytes;
    }

    private static Input input(byte[] bytes) {
        return new Input(bytes, 0, bytes.length);
    }
}
