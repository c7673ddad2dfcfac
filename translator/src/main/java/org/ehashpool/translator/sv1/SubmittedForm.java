package org.ehashpool.translator.sv1;

import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.MinerIdentity;

/** Whether what a miner submitted has the form of a share. */
sealed interface SubmittedForm {
    record Good(MinedShare share) implements SubmittedForm {}

    /**
     * It has not.
     *
     * @param reason for figures
     * @param words for the miner
     */
    record Bad(String reason, String words) implements SubmittedForm {}

    static SubmittedForm of(Request.Submit submit, MinerIdentity who, SentJobs.Sent job, int extranonce2Size) {
        String extranonce2 = submit.extranonce2();
        if (extranonce2.length() != 2 * extranonce2Size || !isHex(extranonce2)) {
            return new Bad("bad-extranonce-size", "Invalid extranonce2: " + extranonce2Size + " bytes are due");
        }
        Optional<Long> time = HexNumber.read(submit.time());
        if (time.isEmpty()) {
            return new Bad("invalid-time", "Invalid ntime");
        }
        Optional<Long> nonce = HexNumber.read(submit.nonce());
        if (nonce.isEmpty()) {
            return new Bad("invalid-nonce", "Invalid nonce");
        }
        Optional<Long> bits = submit.versionBits().isEmpty()
                ? Optional.of(0L)
                : HexNumber.read(submit.versionBits().get());
        if (bits.isEmpty() || (bits.get() & ~job.versionMask()) != 0) {
            return new Bad("invalid-version-bits", "Version bits outside of the mask");
        }
        return new Good(new MinedShare(
                who,
                job.work(),
                Bytes.fromHex(extranonce2),
                time.get(),
                nonce.get(),
                submit.versionBits().isEmpty() ? job.work().version() : rolled(job, bits.get())));
    }

    /** BIP 310: "nVersion = (job_version & ~last_mask) | (version_bits & last_mask)". */
    private static @U32 long rolled(SentJobs.Sent job, @U32 long bits) {
        return (job.work().version() & ~job.versionMask()) | bits;
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(HexFormat::isHexDigit);
    }
}
