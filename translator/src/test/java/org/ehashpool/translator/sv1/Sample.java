package org.ehashpool.translator.sv1;

import java.util.List;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.translator.work.Work;

/** Work as in the first description of the protocol. */
public final class Sample {
    /** As explorers print it. */
    public static final String PREVIOUS_HASH = "00000000440b921e1b77c6c0487ae5616de67f788f44ae2a5af6e2194d16b6f8";

    /** The bits of the version that work usually leaves free. */
    public static final long MASK = 0x1fff_e000L;

    private Sample() {}

    /** Work that is due at a target. */
    public static Work work(Target target) {
        return work(target, MASK, 0x504e86b9L);
    }

    static Work work(Target target, long mask, long time) {
        return new Work(
                U256.fromHex(PREVIOUS_HASH),
                Bytes.fromHex("01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"
                        + "20020862062f503253482f04b8864e5008"),
                Bytes.fromHex("072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef990332704"
                        + "8ed988ac00000000"),
                List.of(
                        U256.fromHex("01".repeat(31) + "02"),
                        U256.fromHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")),
                0x20000000L,
                mask,
                0x1c2ac4afL,
                time,
                target);
    }
}
