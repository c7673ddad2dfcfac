package org.ehashpool.mining.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.Vectors;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobBook;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareValidatorTest {
    private static final Vectors VECTORS = Vectors.of("sri/shares.properties");
    private static final Vectors COINBASE = Vectors.of("sri/coinbase.properties");
    private static final Bytes ROLLED = VECTORS.bytes("rolled.extranonce");
    private static final long VERSION = VECTORS.number("version");

    private final ShareValidator validator = new ShareValidator();
    private final SeenShares seen = new SeenShares(4);
    private final JobBook<String, AssignedJob> jobs = new JobBook<>(16);

    private static Job.Extended job(String kind, boolean versionRolling, int extranonceSize) {
        String tag = "Sv2///";
        CoinbaseFields fields = new CoinbaseFields(
                VECTORS.number("transactionVersion"),
                Bytes.concat(
                        VECTORS.bytes(kind + ".coinbasePrefix"),
                        Bytes.of((byte) tag.length()),
                        Bytes.of(tag.getBytes(StandardCharsets.US_ASCII))),
                VECTORS.number(kind + ".sequence"),
                List.of(
                        new TransactionOutput(VECTORS.number("value"), COINBASE.bytes("payout.script")),
                        TransactionOutput.readAll(COINBASE.bytes("template.outputs"), 1)
                                .getFirst()),
                VECTORS.number(kind + ".lockTime"));
        return new Job.Extended(
                1,
                new JobOrigin.Template(1),
                VERSION,
                versionRolling,
                MerklePath.EMPTY,
                fields.aroundPushed(extranonceSize),
                extranonceSize);
    }

    private static ChainTip tip(String name, long minimumTime) {
        long bits = VECTORS.hexNumber(name + ".bits");
        return new ChainTip(
                VECTORS.rawHash(name + ".previousHash"),
                bits,
                minimumTime,
                Target.ofCompactBits(bits).orElseThrow());
    }

    /** The job of the reference implementation's share that is no block. */
    private static AssignedJob assigned(Target target, boolean versionRolling) {
        return new AssignedJob(
                job("extended", versionRolling, 32),
                tip("extended", VECTORS.number("extended.time")),
                target,
                VECTORS.bytes("extended.prefix"),
                8);
    }

    private static Target shareTarget() {
        return Target.of(VECTORS.hash("extended.hash"));
    }

    private static Submission share(long jobId, long nonce, long time, long version, Bytes extranonce) {
        return new Submission(1, 1, jobId, nonce, time, version, extranonce);
    }

    private static Submission share() {
        return share(1, VECTORS.number("extended.nonce"), VECTORS.number("extended.time"), VERSION, ROLLED);
    }

    private ShareVerdict validate(Submission share) {
        return validator.validate(share, jobs, seen, VECTORS.number("extended.time"), ShareGate.OPEN);
    }

    private static ShareVerdict rejected(ShareError error) {
        return new ShareVerdict.Rejected(error);
    }

    @Test
    void shouldHashAnExtendedShareAsTheReferenceImplementationDoes() {
        AssignedJob job = assigned(shareTarget(), true);
        jobs.addActive(1, job);

        assertThat(validate(share())).isEqualTo(new ShareVerdict.Accepted(VECTORS.hash("extended.hash"), job, false));
    }

    @Test
    void shouldHashAStandardShareAsTheReferenceImplementationDoes() {
        AssignedJob job = assignedStandard(false);
        jobs.addActive(1, job);
        Submission share = standardShare();

        assertThat(validate(share)).isEqualTo(new ShareVerdict.Accepted(VECTORS.hash("standard.hash"), job, false));
        // The merkle root is remembered now.
        assertThat(validator.hash(share, job)).isEqualTo(VECTORS.hash("standard.hash"));
    }

    private static AssignedJob assignedStandard(boolean block) {
        ChainTip tip = tip("standard", 0);
        Target hash = Target.of(VECTORS.hash("standard.hash"));
        return new AssignedJob(
                job("standard", true, 32),
                block ? new ChainTip(tip.previousHash(), tip.bits(), 0, hash) : tip,
                hash,
                VECTORS.bytes("standard.prefix"),
                0);
    }

    private static Submission standardShare() {
        return share(1, VECTORS.number("standard.nonce"), VECTORS.number("standard.time"), VERSION, Bytes.EMPTY);
    }

    @Test
    void shouldRecogniseABlock() {
        AssignedJob job = assignedStandard(true);
        jobs.addActive(1, job);

        assertThat(validate(standardShare()))
                .isEqualTo(new ShareVerdict.Accepted(VECTORS.hash("standard.hash"), job, true));
        assertThat(validate(standardShare())).isEqualTo(rejected(ShareError.DUPLICATE_SHARE));
    }

    @Test
    void shouldHashAStandardJobOfWhichOnlyTheRootIsKnown() {
        AssignedJob known = assignedStandard(false);
        Job.Standard root = new Job.Standard(1, VERSION, validator.merkleRoot(standardShare(), known));

        assertThat(validator.hash(
                        standardShare(),
                        new AssignedJob(root, known.tip(), Target.EASIEST, VECTORS.bytes("standard.prefix"), 0)))
                .isEqualTo(VECTORS.hash("standard.hash"));
    }

    @Test
    void shouldCompareWithTheTargetOfTheJob() {
        U256 hash = VECTORS.hash("extended.hash");
        jobs.addActive(1, assigned(Target.of(U256.of(hash.toBigInteger().subtract(java.math.BigInteger.ONE))), true));

        assertThat(validate(share())).isEqualTo(rejected(ShareError.DIFFICULTY_TOO_LOW));
        assertThat(seen.size()).isZero();
    }

    @Test
    void shouldRefuseTheSameHeaderTwiceWhateverTheSequenceNumberOrJobNumber() {
        jobs.addActive(1, assigned(shareTarget(), true));
        jobs.addActive(2, assigned(shareTarget(), true));
        validate(share());

        assertThat(validate(share())).isEqualTo(rejected(ShareError.DUPLICATE_SHARE));
        assertThat(validate(
                        share(2, VECTORS.number("extended.nonce"), VECTORS.number("extended.time"), VERSION, ROLLED)))
                .isEqualTo(rejected(ShareError.DUPLICATE_SHARE));
    }

    @Test
    void shouldTellStaleFromUnknownJobs() {
        jobs.addActive(1, assigned(shareTarget(), true));
        jobs.dropActive();

        assertThat(validate(share())).isEqualTo(rejected(ShareError.STALE_SHARE));
        assertThat(validate(share(9, 0, 0, 0, Bytes.EMPTY))).isEqualTo(rejected(ShareError.INVALID_JOB_ID));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 32})
    void shouldRefuseExtranoncesOfTheWrongSize(int size) {
        jobs.addActive(1, assigned(shareTarget(), true));

        assertThat(validate(share(1, 0, VECTORS.number("extended.time"), VERSION, Bytes.of(new byte[size]))))
                .isEqualTo(rejected(ShareError.BAD_EXTRANONCE_SIZE));
    }

    @ParameterizedTest
    @CsvSource({"-1, INVALID_SHARE", "0, DIFFICULTY_TOO_LOW", "7200, DIFFICULTY_TOO_LOW", "7201, INVALID_SHARE"})
    void shouldBoundTheTime(long offset, ShareError error) {
        jobs.addActive(1, assigned(Target.of(U256.ZERO), true));

        assertThat(validate(share(1, 1, VECTORS.number("extended.time") + offset, VERSION, ROLLED)))
                .isEqualTo(rejected(error));
    }

    @ParameterizedTest
    @CsvSource({
        // BIP 323 sets bits 5 to 28 free.
        "00000020, DIFFICULTY_TOO_LOW",
        "1fffffe0, DIFFICULTY_TOO_LOW",
        "10000000, DIFFICULTY_TOO_LOW",
        "00000010, INVALID_NON_ROLLABLE_VERSION_BIT",
        "00000001, INVALID_NON_ROLLABLE_VERSION_BIT",
        "20000000, INVALID_NON_ROLLABLE_VERSION_BIT",
        "80000000, INVALID_NON_ROLLABLE_VERSION_BIT",
        "ffffffff, INVALID_NON_ROLLABLE_VERSION_BIT",
    })
    void shouldAllowTheBitsOfBip323(String changed, ShareError error) {
        jobs.addActive(1, assigned(Target.of(U256.ZERO), true));

        assertThat(validate(
                        share(1, 1, VECTORS.number("extended.time"), VERSION ^ Long.parseLong(changed, 16), ROLLED)))
                .isEqualTo(rejected(error));
    }

    @Test
    void shouldAllowNoOtherVersionWhereTheJobDoesNot() {
        jobs.addActive(1, assigned(shareTarget(), false));

        assertThat(validate(share(1, 1, VECTORS.number("extended.time"), VERSION ^ 0x20, ROLLED)))
                .isEqualTo(rejected(ShareError.VERSION_ROLLING_NOT_ALLOWED));
        assertThat(validate(share())).isInstanceOf(ShareVerdict.Accepted.class);
    }

    @Test
    void shouldCheckInTheOrderOfTheReferenceImplementation() {
        jobs.addActive(1, assigned(Target.of(U256.ZERO), false));
        long time = VECTORS.number("extended.time");

        assertThat(validate(share(5, 1, 0, 0, Bytes.EMPTY))).isEqualTo(rejected(ShareError.INVALID_JOB_ID));
        assertThat(validate(share(1, 1, 0, 0, Bytes.EMPTY))).isEqualTo(rejected(ShareError.BAD_EXTRANONCE_SIZE));
        assertThat(validate(share(1, 1, 0, 0, ROLLED))).isEqualTo(rejected(ShareError.INVALID_SHARE));
        assertThat(validate(share(1, 1, time, 0, ROLLED))).isEqualTo(rejected(ShareError.VERSION_ROLLING_NOT_ALLOWED));
        assertThat(validate(share(1, 1, time, VERSION, ROLLED))).isEqualTo(rejected(ShareError.DIFFICULTY_TOO_LOW));
    }

    @Test
    void shouldSubmitABlockEvenIfItDoesNotCount() {
        U256 hash = VECTORS.hash("extended.hash");
        ChainTip easy = new ChainTip(
                VECTORS.rawHash("extended.previousHash"), VECTORS.hexNumber("extended.bits"), 0, Target.EASIEST);
        AssignedJob job = new AssignedJob(
                job("extended", true, 32), easy, Target.of(U256.ZERO), VECTORS.bytes("extended.prefix"), 8);
        jobs.addActive(1, job);

        assertThat(validate(share()))
                .isEqualTo(new ShareVerdict.RejectedBlock(hash, job, ShareError.DIFFICULTY_TOO_LOW));
    }

    @Test
    void shouldRejectRatherThanForgetWhenFull() {
        jobs.addActive(1, assigned(Target.EASIEST, true));
        for (int nonce = 0; nonce < 4; nonce++) {
            assertThat(validate(share(1, nonce, VECTORS.number("extended.time"), VERSION, ROLLED)))
                    .isInstanceOf(ShareVerdict.Accepted.class);
        }

        assertThat(validate(share(1, 4, VECTORS.number("extended.time"), VERSION, ROLLED)))
                .isEqualTo(rejected(ShareError.SHARE_LIMIT_REACHED));
        for (int nonce = 0; nonce < 4; nonce++) {
            assertThat(validate(share(1, nonce, VECTORS.number("extended.time"), VERSION, ROLLED)))
                    .isEqualTo(rejected(ShareError.DUPLICATE_SHARE));
        }
    }

    @Test
    void shouldLetTheGateRefuseAndTheShareBeSubmittedAgain() {
        AssignedJob job = assigned(shareTarget(), true);
        jobs.addActive(1, job);

        assertThat(validator.validate(
                        share(),
                        jobs,
                        seen,
                        VECTORS.number("extended.time"),
                        (submission, asked) -> Optional.of(ShareError.INVALID_LOCKING_KEY)))
                .isEqualTo(rejected(ShareError.INVALID_LOCKING_KEY));
        assertThat(validate(share())).isInstanceOf(ShareVerdict.Accepted.class);
    }
}
